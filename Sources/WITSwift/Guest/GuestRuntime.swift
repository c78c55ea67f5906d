import WITModel

/// The files that every guest needs beside its world's own: Swift that is the same for all worlds.
///
/// They lie in `Runtime` as the Swift that they are, and are carried inside this module.
enum GuestRuntime {
    /// The files that a world needs.
    ///
    /// - Parameters:
    ///   - world: The world.
    ///   - resolve: The packages.
    /// - Returns: The canonical ABI, the heap, memory, the place where text goes, and for an actor its defaults.
    static func files(for world: World, _ resolve: Resolve) -> [GuestGenerator.File] {
        let hasLog = contains("services", world.imports, resolve)
        let isActor = contains("lifecycle", world.exports, resolve)
        return [
            isActor ? file("ActorDefaults.swift", PackageResources.ActorDefaults_swift) : nil,
            file("CanonicalABI.swift", PackageResources.CanonicalABI_swift),
            file("GuestHeap.swift", PackageResources.GuestHeap_swift),
            file("GuestMath.swift", PackageResources.GuestMath_swift),
            file("GuestMemory.swift", PackageResources.GuestMemory_swift),
            hasLog
                ? file("LogConsole.swift", PackageResources.LogConsole_swift)
                : file("SilentConsole.swift", PackageResources.SilentConsole_swift),
        ].compactMap { $0 }
    }

    /// Whether one of the items is this interface of the actor contract.
    private static func contains(_ interface: String, _ items: [WorldItem], _ resolve: Resolve) -> Bool {
        items.contains { item in
            guard case .interface(let id) = item.kind, resolve[id].name == interface else { return false }
            let package = resolve[resolve[id].package].name
            return package.namespace == "wasm-actors" && package.name == "actor"
        }
    }

    private static func file(_ name: String, _ bytes: [UInt8]) -> GuestGenerator.File {
        GuestGenerator.File(name: name, text: String(decoding: bytes, as: UTF8.self))
    }
}
