extension Resolve {
    /// The packages as one formatted WIT text: the main one, and behind it those that it names as nested packages.
    ///
    /// What a gate keeps out is gone, and what an `include` brought in stands in the world. Reading the text with all
    /// features let in gives the same packages.
    public var wit: String {
        var printer = WITPrinter(self)
        printer.print()
        return printer.text
    }
}

/// Writes packages as WIT.
struct WITPrinter {
    /// How long a line may get before the parameters of its function stand one a line.
    static let width = 100

    let resolve: Resolve
    private(set) var text = ""
    private var depth = 0
    /// The package whose items need no package in front of their names.
    var package: PackageID

    init(_ resolve: Resolve) {
        self.resolve = resolve
        package = resolve.main
    }

    mutating func print() {
        if resolve.packages.isEmpty { return }
        write(resolve[package].documentation)
        line("package \(name(of: resolve[package].name));")
        writeItems(of: package, isFirst: false)
        for index in resolve.packages.indices where index != resolve.main.index {
            package = PackageID(index: index)
            line("")
            write(resolve[package].documentation)
            block("package \(name(of: resolve[package].name))") {
                $0.writeItems(of: PackageID(index: index), isFirst: true)
            }
        }
    }

    private mutating func writeItems(of package: PackageID, isFirst: Bool) {
        var isFirst = isFirst
        for id in resolve[package].interfaces {
            separate(&isFirst)
            let interface = resolve[id]
            write(interface.documentation, interface.stability)
            block("interface \(Self.escaped(interface.name ?? ""))") { $0.writeContents(of: id) }
        }
        for id in resolve[package].worlds {
            separate(&isFirst)
            let world = resolve[id]
            write(world.documentation, world.stability)
            block("world \(Self.escaped(world.name))") { $0.writeContents(of: id) }
        }
    }

    // MARK: Lines

    /// Writes a line; an empty one between two things.
    mutating func line(_ content: String) {
        if !content.isEmpty { text += indentation }
        text += content
        text += "\n"
    }

    private var indentation: String { String(repeating: "  ", count: depth) }

    /// How much of a line is left at this depth.
    var room: Int { Self.width - 2 * depth }

    /// Writes an empty line in front of everything but the first thing.
    mutating func separate(_ isFirst: inout Bool) {
        if !isFirst { line("") }
        isFirst = false
    }

    /// Writes lines one step further in.
    mutating func indented(_ inside: (inout WITPrinter) -> Void) {
        depth += 1
        inside(&self)
        depth -= 1
    }

    /// Writes braces with lines between them; on one line where there are none.
    mutating func block(_ head: String, _ inside: (inout WITPrinter) -> Void) {
        line("\(head) {")
        let start = text.utf8.count
        indented(inside)
        guard text.utf8.count > start else {
            text.removeLast()
            text += "}\n"
            return
        }
        line("}")
    }

    // MARK: What stands in front of an item

    /// Writes comments as they are: their text is part of the model.
    mutating func write(_ documentation: Documentation) {
        for comment in documentation.comments { line(comment) }
    }

    mutating func write(_ documentation: Documentation, _ stability: Stability, externalID: String? = nil) {
        write(documentation)
        if let externalID { line("@external-id(\(Self.quoted(externalID)))") }
        switch stability {
        case .unknown: break
        case .stable(let since, let deprecated):
            // An item that an `include` copied of another package may name a version that this one does not have.
            guard let version = resolve[package].name.version, since <= version else { return }
            line("@since(version = \(since))")
            if let deprecated { line("@deprecated(version = \(deprecated))") }
        case .unstable(let feature, let deprecated):
            line("@unstable(feature = \(Self.escaped(feature)))")
            if let deprecated { line("@deprecated(version = \(deprecated))") }
        }
    }

    // MARK: Names

    /// A name, behind a `%` where it is a keyword.
    static func escaped(_ name: String) -> String { Keywords.all.contains(name) ? "%\(name)" : name }

    private static func quoted(_ value: String) -> String {
        var text = "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"", "\\": text += "\\\(scalar)"
            case "\0"..<" ", "\u{7F}"..<"\u{A0}": text += "\\u{\(String(scalar.value, radix: 16))}"
            default:
                let isForbidden = InvalidText.first(in: Array(String(scalar).utf8)) != nil
                text += isForbidden ? "\\u{\(String(scalar.value, radix: 16))}" : String(scalar)
            }
        }
        return text + "\""
    }

    private func name(of package: PackageName) -> String {
        Self.qualified(package) + (package.version.map { "@\($0)" } ?? "")
    }

    private static func qualified(_ package: PackageName) -> String {
        "\(escaped(package.namespace)):\(escaped(package.name))"
    }

    /// How an interface is named in the package at hand.
    func path(to id: InterfaceID) -> String {
        let interface = resolve[id]
        let item = Self.escaped(interface.name ?? "")
        guard interface.package != package else { return item }
        let package = resolve[interface.package].name
        return "\(Self.qualified(package))/\(item)" + (package.version.map { "@\($0)" } ?? "")
    }
}
