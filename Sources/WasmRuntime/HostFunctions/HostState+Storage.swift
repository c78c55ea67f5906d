internal import WasmBindings
internal import WasmCore

extension HostState: StorageImports {
    func get(area: StorageArea, key: String) async throws(StorageError) -> [UInt8]? {
        try await services.storage.get(key, in: place(.read, area, key))
    }

    func set(area: StorageArea, key: String, value: [UInt8]) async throws(StorageError) {
        let scope = try place(.write, area, key)
        try check(value)
        try await services.storage.set(key, to: value, in: scope, quota: limits.storageBytes)
    }

    func delete(area: StorageArea, key: String) async throws(StorageError) -> Bool {
        try await services.storage.delete(key, in: place(.delete, area, key))
    }

    func exists(area: StorageArea, key: String) async throws(StorageError) -> Bool {
        try await services.storage.exists(key, in: place(.read, area, key))
    }

    func listKeys(
        area: StorageArea,
        prefix: String,
        cursor: String?,
        limit: UInt32
    ) async throws(StorageError) -> KeyPage {
        let scope = try placeOfListing(area, prefix)
        guard prefix.utf8.count <= Self.largestKey else {
            throw .invalidArgument("the prefix has \(prefix.utf8.count) bytes; it may have \(Self.largestKey)")
        }
        guard (1...1000).contains(limit) else {
            throw .invalidArgument("limit is \(limit); it may be 1 to 1000")
        }
        return try await services.storage.keys(prefix: prefix, after: cursor, limit: Int(limit), in: scope)
    }

    func compareAndSet(
        area: StorageArea,
        key: String,
        expected: [UInt8]?,
        replacement: [UInt8]?
    ) async throws(StorageError) {
        let scope = try place(.write, area, key)
        // To replace by nothing is to delete.
        if replacement == nil { _ = try self.scope(.delete, area, key) }
        if let expected { try check(expected) }
        if let replacement { try check(replacement) }
        try await services.storage.compareAndSet(
            key,
            expected: expected,
            replacement: replacement,
            in: scope,
            quota: limits.storageBytes
        )
    }

    func usage(area: StorageArea) async throws(StorageError) -> AreaUsage {
        try await services.storage.usage(of: placeOfListing(area, ""), quota: limits.storageBytes)
    }

    static let largestKey = 512
    static let largestValue = 1 << 20

    /// The gate first, so that a denied actor learns nothing else; then the form of key and area.
    private func place(
        _ kind: Capability.Kind,
        _ area: StorageArea,
        _ key: String
    ) throws(StorageError) -> StorageScope {
        let scope = try scope(kind, area, key)
        guard (1...Self.largestKey).contains(key.utf8.count) else {
            throw .invalidArgument("the key has \(key.utf8.count) bytes; it may have 1 to \(Self.largestKey)")
        }
        guard carry(bytes: key.utf8.count) else { throw .failed("the turn has carried as many bytes as it may") }
        return scope
    }

    /// A listing shows whatever begins with the prefix, so a grant must cover all of that.
    private func placeOfListing(_ area: StorageArea, _ prefix: String) throws(StorageError) -> StorageScope {
        var segments: [String] = []
        // Bytes, as in patterns: a mark that combines with a `/` makes one character of the two.
        for segment in prefix.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).dropLast() {
            guard !segment.isEmpty, !segment.contains(UInt8(ascii: "*")) else { break }
            segments.append(String(decoding: segment, as: UTF8.self))
        }
        return try scope(.read, area, (segments + ["**"]).joined(separator: "/"), isPattern: true)
    }

    private func scope(
        _ kind: Capability.Kind,
        _ area: StorageArea,
        _ key: String,
        isPattern: Bool = false
    ) throws(StorageError) -> StorageScope {
        let subject: String
        let scope: StorageScope
        switch area {
        case .private:
            subject = "private/\(key)"
            scope = .actor(id)
        case .shared(let name):
            subject = "shared/\(name)/\(key)"
            scope = .shared(name)
        }
        let capability = Capability(kind, subject, isPattern: isPattern)
        guard isAllowed(capability) else { throw .denied(capability.description) }
        if case .shared(let name) = area, !Self.isAreaName(name) {
            throw .invalidArgument("an area's name is 1 to 64 of [a-z0-9._-]")
        }
        return scope
    }

    /// The form of an id's part: names that look alike are alike.
    private static func isAreaName(_ name: String) -> Bool {
        (try? ActorID(namespace: "shared", name: name, instance: "area")) != nil
    }

    private func check(_ value: [UInt8]) throws(StorageError) {
        guard value.count <= Self.largestValue else {
            throw .tooLarge(SizeLimit(size: UInt64(value.count), limit: UInt64(Self.largestValue)))
        }
        guard carry(bytes: value.count) else { throw .failed("the turn has carried as many bytes as it may") }
    }
}
