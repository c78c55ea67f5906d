import WITModel

/// The files that every guest needs beside its world's own: Swift that is the same for all worlds.
///
/// They lie in `Runtime` as the Swift that they are, and are carried inside this module.
enum GuestRuntime {
    /// The files that a world needs.
    ///
    /// - Parameter world: The world.
    /// - Returns: The canonical ABI, the heap, memory, the place where text goes, what resources need where there are
    ///   some, and for an actor its defaults.
    static func files(for world: BindingsWorld) -> [GeneratedFile] {
        let hasLog = world.imports.contains { isOfActor($0, "services") }
        let isActor = world.exports.contains { isOfActor($0, "lifecycle") }
        let hasOthers = (world.imports + [world.importedFunctions]).contains { !$0.resources.isEmpty }
        let hasOwn = world.exports.contains { !$0.resources.isEmpty }
        return [
            isActor ? file("ActorDefaults.swift", PackageResources.ActorDefaults_swift) : nil,
            file("CanonicalABI.swift", PackageResources.CanonicalABI_swift),
            hasOwn ? file("ExportedResource.swift", PackageResources.ExportedResource_swift) : nil,
            file("GuestHeap.swift", PackageResources.GuestHeap_swift),
            file("GuestMath.swift", PackageResources.GuestMath_swift),
            file("GuestMemory.swift", PackageResources.GuestMemory_swift),
            hasLog
                ? file("LogConsole.swift", PackageResources.LogConsole_swift)
                : file("SilentConsole.swift", PackageResources.SilentConsole_swift),
            hasOthers ? file("ResourceBox.swift", PackageResources.ResourceBox_swift) : nil,
        ].compactMap { $0 }
    }

    /// Whether this is an interface of the actor contract, of whatever version.
    private static func isOfActor(_ interface: BindingsInterface, _ name: String) -> Bool {
        guard let extern = interface.externName else { return false }
        let plain = "wasm-actors:actor/\(name)"
        return extern == plain || extern.hasPrefix("\(plain)@")
    }

    private static func file(_ name: String, _ bytes: [UInt8]) -> GeneratedFile {
        GeneratedFile(name: name, text: String(decoding: bytes, as: UTF8.self))
    }
}
