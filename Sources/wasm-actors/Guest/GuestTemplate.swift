import Foundation
import WITModel
import WITSwift

/// A guest to begin with: its files, with its name in them.
struct GuestTemplate {
    /// The folder to be made.
    let path: String
    /// Whether it is a component of its own and no actor.
    let isPlain: Bool
    private let name: String

    /// Chooses a template.
    ///
    /// - Parameters:
    ///   - path: The folder; the guest is called like its last part.
    ///   - isPlain: Whether it is a component of its own and no actor.
    /// - Throws: A usage error for a name that no world can have, a failure where something is there already.
    init(path: String, isPlain: Bool) throws(CommandError) {
        let path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
        self.path = path
        self.isPlain = isPlain
        name = path.split(separator: "/").last.map(String.init) ?? ""
        try checkName()
        guard !FileManager.default.fileExists(atPath: path) else {
            throw .failure("\(path): is there already", hint: "Take another name; nothing was written.")
        }
    }

    /// Writes the files: all of them, or none.
    ///
    /// - Throws: A failure where one cannot be written.
    func write() throws(CommandError) {
        do throws(CommandError) {
            for file in files { try GuestScratch.write(Data(file.text.utf8), to: GuestFolder.join(path, file.name)) }
        } catch {
            try? FileManager.default.removeItem(atPath: path)
            throw error
        }
    }

    /// What was written, and what comes next.
    var summary: String {
        """
        \(path) is \(isPlain ? "a component" : "an actor") in Swift:
          wit/world.wit        what it offers and needs
          Sources/Guest.swift  Swift that answers
          README.md            how it is built and run
        Next:
          wasm-actors guest build \(path)
          wasm-actors invoke \(GuestFolder.join(path, "\(name).wasm")) greet '"World"'
        """
    }

    private var files: [GeneratedFile] {
        let own: [(String, [UInt8])] =
            isPlain
            ? [
                ("README.md", PackageResources.PlainTemplate_md),
                ("Sources/Guest.swift", PackageResources.PlainTemplate_swift),
                ("wit/world.wit", PackageResources.PlainTemplate_wit),
            ]
            : [
                ("README.md", PackageResources.ActorTemplate_md),
                ("Sources/Guest.swift", PackageResources.ActorTemplate_swift),
                ("wit/world.wit", PackageResources.ActorTemplate_wit),
            ]
        let ignored = GeneratedFile(name: ".gitignore", text: "/.build/\n/\(name).wasm\n")
        return own.map { file($0, $1) } + [ignored] + (isPlain ? [] : Self.contract)
    }

    private func file(_ name: String, _ bytes: [UInt8]) -> GeneratedFile {
        let text = String(decoding: bytes, as: UTF8.self)
            .replacing("new-guest", with: self.name)
            .replacing("NewGuest", with: SwiftName.type(self.name))
        return GeneratedFile(name: name, text: text)
    }

    /// The contract, as the package that the actor's world includes.
    private static let contract = [
        ("errors", PackageResources.errors_wit), ("lifecycle", PackageResources.lifecycle_wit),
        ("messaging", PackageResources.messaging_wit), ("services", PackageResources.services_wit),
        ("storage", PackageResources.storage_wit), ("supervision", PackageResources.supervision_wit),
        ("types", PackageResources.types_wit), ("world", PackageResources.world_wit),
    ].map { name, bytes in
        GeneratedFile(name: "wit/deps/actor/\(name).wit", text: String(decoding: bytes, as: UTF8.self))
    }

    /// Whether the world can be called so: makes its bindings, and looks for the protocol that the template names.
    private func checkName() throws(CommandError) {
        let refusal = CommandError.usage(
            "'\(name)' is no name for a world of its own",
            hint: "Take lower-case words with hyphens between them, such as: guest new my-guest"
        )
        guard !name.isEmpty, name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }) else {
            throw refusal
        }
        let sources = files.map { SourceFile(path: $0.name, text: $0.text) }
        var configuration = BindingsConfiguration()
        configuration.side = .guest
        let bindings: [GeneratedFile]
        do throws(WITError) {
            let dependency = sources.filter { $0.path.hasPrefix("wit/deps/") }
            let resolve = try Resolve(
                main: sources.filter { $0.path == "wit/world.wit" },
                dependencies: dependency.isEmpty ? [] : [dependency]
            )
            bindings = try Generator.files(resolve, configuration)
        } catch {
            throw refusal
        }
        let declaration = "protocol \(SwiftName.type(name))Guest: "
        guard bindings.contains(where: { $0.text.contains(declaration) }) else { throw refusal }
    }
}
