import Foundation

/// The components that the demo and the benchmarks run.
struct Fixtures {
    /// The folder that holds them.
    let directory: URL

    /// Finds the folder.
    ///
    /// - Parameter given: The folder that the caller names; none to look where this program was built from, and in the
    ///   folders around the program itself.
    /// - Throws: A failure that names the places where the components were looked for.
    init(given: String?) throws(CommandError) {
        let candidates = given.map { [URL(fileURLWithPath: $0)] } ?? Fixtures.usualPlaces
        guard let found = candidates.first(where: Fixtures.isComplete) else {
            throw .failure(
                "no counter.wasm in \(candidates.map(\.path).joined(separator: ", "))",
                hint: "Name the folder with the components: --fixtures DIR. Scripts/build-fixtures makes them."
            )
        }
        directory = found
    }

    /// The bytes of one component.
    ///
    /// - Parameter name: Its name, such as `counter`.
    /// - Returns: The bytes.
    /// - Throws: A failure where the file cannot be read.
    func component(_ name: String) throws(CommandError) -> [UInt8] {
        try ComponentFile(path: directory.appendingPathComponent("\(name).wasm").path).bytes
    }

    /// The package that this program was built from.
    static let package = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    private static var usualPlaces: [URL] {
        var places = [package.appendingPathComponent("Fixtures")]
        guard let executable = Bundle.main.executableURL?.resolvingSymlinksInPath() else { return places }
        var folder = executable.deletingLastPathComponent()
        for _ in 0..<5 {
            places.append(folder.appendingPathComponent("Fixtures"))
            folder = folder.deletingLastPathComponent()
        }
        return places
    }

    private static func isComplete(_ folder: URL) -> Bool {
        FileManager.default.fileExists(atPath: folder.appendingPathComponent("counter.wasm").path)
    }
}
