extension Resolve {
    /// Parses files and looks every name in them up.
    ///
    /// - Parameters:
    ///   - main: The files of the package that is asked for.
    ///   - dependencies: The files of the packages that it may name, one list for each.
    ///   - features: The `@unstable` features to let in.
    /// - Throws: Everything that is wrong with the files, in one error.
    public init(
        main: [SourceFile],
        dependencies: [[SourceFile]] = [],
        features: Features = .only([])
    ) throws(WITError) {
        var sources = SourceMap()
        var diagnostics: [Diagnostic] = []
        func parse(_ file: SourceFile) -> PackageSyntax {
            var parser = Parser(file: sources.add(file), source: file)
            let syntax = parser.file()
            diagnostics += parser.diagnostics
            return syntax
        }
        let dependencies = dependencies.map { $0.map(parse) }
        let main = main.map(parse)
        guard diagnostics.isEmpty else { throw WITError(diagnostics: diagnostics, sources: sources) }
        var resolver = Resolver(features: features)
        for files in dependencies { resolver.add(files) }
        let id = resolver.add(main)
        resolver.run()
        guard resolver.diagnostics.isEmpty else {
            throw WITError(diagnostics: resolver.diagnostics, sources: sources)
        }
        self = resolver.result
        self.sources = sources
        self.main = id
    }
}
