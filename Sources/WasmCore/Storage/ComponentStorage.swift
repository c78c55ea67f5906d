/// Where a key lies, as a guest names it.
public enum StorageArea: Hashable, Sendable {
    /// The actor's own area: no other actor sees it.
    case `private`
    /// An area that actors with a grant share: its name.
    case shared(String)
}

/// Where a key lies, as a backend keeps it.
public enum StorageScope: Hashable, Sendable {
    /// The area of one actor.
    case actor(ActorID)
    /// A shared area.
    case shared(String)
    /// The saved states of actors that are out of memory, by their ids. The host's own: no guest reaches it.
    case snapshots
    /// The messages that wait for one actor, where they are kept. The host's own: no guest reaches it.
    case mailbox(ActorID)
}

/// A page of keys.
public struct KeyPage: Hashable, Sendable {
    /// The keys, in byte order.
    public var keys: [String]
    /// Where the next page starts; nil after the last.
    public var cursor: String?

    /// Makes a page.
    ///
    /// - Parameters:
    ///   - keys: The keys, in byte order.
    ///   - cursor: Where the next page starts.
    public init(keys: [String], cursor: String?) {
        self.keys = keys
        self.cursor = cursor
    }
}

/// What an area holds. A key counts with its bytes and its value's.
public struct AreaUsage: Hashable, Sendable {
    /// How many keys.
    public var keys: UInt64
    /// Bytes of keys and values.
    public var bytes: UInt64
    /// The most that `bytes` may be.
    public var quota: UInt64

    /// Makes a figure.
    ///
    /// - Parameters:
    ///   - keys: How many keys.
    ///   - bytes: Bytes of keys and values.
    ///   - quota: The most that `bytes` may be.
    public init(keys: UInt64, bytes: UInt64, quota: UInt64) {
        self.keys = keys
        self.bytes = bytes
        self.quota = quota
    }
}

/// Keys and values that outlive an actor's memory.
///
/// The engine has checked capability, key and value size before a backend is called; the backend keeps scopes apart and
/// holds the quota exactly.
public protocol ComponentStorage: Sendable {
    /// The value of a key.
    ///
    /// - Parameters:
    ///   - key: The key.
    ///   - scope: Where it lies.
    /// - Returns: The value; nil where there is no such key.
    /// - Throws: `StorageError.failed` where the backend fails.
    func get(_ key: String, in scope: StorageScope) async throws(StorageError) -> [UInt8]?

    /// Stores a value.
    ///
    /// - Parameters:
    ///   - key: The key.
    ///   - value: The value.
    ///   - scope: Where it lies.
    ///   - quota: The bytes that the area may hold.
    /// - Throws: `StorageError.quota`, or `.failed` where the backend fails; nothing was changed then.
    func set(_ key: String, to value: [UInt8], in scope: StorageScope, quota: UInt64) async throws(StorageError)

    /// Removes a key.
    ///
    /// - Parameters:
    ///   - key: The key.
    ///   - scope: Where it lies.
    /// - Returns: Whether it was there.
    /// - Throws: `StorageError.failed` where the backend fails.
    func delete(_ key: String, in scope: StorageScope) async throws(StorageError) -> Bool

    /// Whether a key is there.
    ///
    /// - Parameters:
    ///   - key: The key.
    ///   - scope: Where it lies.
    /// - Returns: True where it is.
    /// - Throws: `StorageError.failed` where the backend fails.
    func exists(_ key: String, in scope: StorageScope) async throws(StorageError) -> Bool

    /// The keys that start with a prefix, in byte order.
    ///
    /// - Parameters:
    ///   - prefix: What the keys start with.
    ///   - cursor: Where an earlier page ended.
    ///   - limit: The most keys of the page.
    ///   - scope: Where they lie.
    /// - Returns: A page.
    /// - Throws: `StorageError.invalidArgument` for a cursor that no page gave, `.failed` where the backend fails.
    func keys(
        prefix: String,
        after cursor: String?,
        limit: Int,
        in scope: StorageScope
    ) async throws(StorageError) -> KeyPage

    /// Stores, or removes, where the value is the expected one.
    ///
    /// - Parameters:
    ///   - key: The key.
    ///   - expected: The expected value; nil: no such key.
    ///   - replacement: The new value; nil removes the key.
    ///   - scope: Where it lies.
    ///   - quota: The bytes that the area may hold.
    /// - Throws: `StorageError.conflict` where the value is another; otherwise as `set`.
    func compareAndSet(
        _ key: String,
        expected: [UInt8]?,
        replacement: [UInt8]?,
        in scope: StorageScope,
        quota: UInt64
    ) async throws(StorageError)

    /// What an area holds.
    ///
    /// - Parameters:
    ///   - scope: The area.
    ///   - quota: The bytes that it may hold, passed on into the answer.
    /// - Returns: The figures.
    /// - Throws: `StorageError.failed` where the backend fails.
    func usage(of scope: StorageScope, quota: UInt64) async throws(StorageError) -> AreaUsage
}
