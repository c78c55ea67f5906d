import WasmCore

/// Messages in storage: an area for each actor, whose keys are in the order of the messages.
struct MailboxStore: Sendable {
    let storage: any ComponentStorage

    /// How many keys are read at a time.
    private static let page = 256

    /// A message as it is kept.
    struct Kept {
        let key: String
        let message: ComponentMessage
        /// When it is too late for its turn, in nanoseconds since 1970; nil: never.
        let expiry: UInt64?
    }

    /// Keeps a message.
    func save(
        _ message: ComponentMessage,
        expiry: UInt64? = nil,
        as key: String,
        of id: ActorID
    ) async throws(StorageError) {
        var writer = ByteWriter()
        writer.write(message, expiry)
        try await storage.set(key, to: writer.bytes, in: .mailbox(id), quota: UInt64(Int64.max))
    }

    /// Forgets a message; where there is none, nothing.
    func remove(_ key: String, of id: ActorID) async throws(StorageError) {
        _ = try await storage.delete(key, in: .mailbox(id))
    }

    /// Every message that is kept for an actor, in order.
    func load(_ id: ActorID) async throws(StorageError) -> [Kept] {
        var kept: [Kept] = []
        var cursor: String?
        repeat {
            let page = try await storage.keys(prefix: "", after: cursor, limit: Self.page, in: .mailbox(id))
            for key in page.keys {
                guard let bytes = try await storage.get(key, in: .mailbox(id)) else { continue }
                var reader = ByteReader(bytes)
                guard let (message, expiry) = reader.message() else {
                    throw .failed("the message \(key) that is kept for \(id) is damaged")
                }
                kept.append(Kept(key: key, message: message, expiry: expiry))
            }
            cursor = page.cursor
        } while cursor != nil
        return kept
    }

    /// Forgets all messages of an actor.
    func removeAll(of id: ActorID) async throws(StorageError) {
        while true {
            let page = try await storage.keys(prefix: "", after: nil, limit: Self.page, in: .mailbox(id))
            guard !page.keys.isEmpty else { return }
            for key in page.keys { try await remove(key, of: id) }
        }
    }
}

/// Writes a message as bytes: each part with its length before it, eight bytes of it with the lowest first.
private struct ByteWriter {
    private(set) var bytes: [UInt8] = []

    mutating func write(_ message: ComponentMessage, _ expiry: UInt64?) {
        write(message.sender?.description)
        write(message.topic)
        write(message.contentType)
        write(message.sentAt)
        write(UInt64(message.attempt))
        // Nothing is too late at the end of time.
        write(expiry ?? .max)
        write(message.payload)
    }

    private mutating func write(_ number: UInt64) {
        for shift in stride(from: 0, to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: number >> shift)) }
    }

    private mutating func write(_ part: [UInt8]) {
        write(UInt64(part.count))
        bytes += part
    }

    /// A byte that says whether there is one, and the text.
    private mutating func write(_ text: String?) {
        bytes.append(text == nil ? 0 : 1)
        if let text { write(Array(text.utf8)) }
    }
}

/// Reads what `ByteWriter` wrote; nil at whatever it did not write.
private struct ByteReader {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) { rest = bytes[...] }

    mutating func message() -> (ComponentMessage, expiry: UInt64?)? {
        guard let sender = optional(), let topic = optional(), let contentType = optional(), let sentAt = number(),
            let attempt = number(), let expiry = number(), let payload = part(), rest.isEmpty
        else { return nil }
        var id: ActorID?
        if let sender {
            guard let known = try? ActorID(sender) else { return nil }
            id = known
        }
        let message = ComponentMessage(
            sender: id,
            payload: payload,
            topic: topic,
            contentType: contentType,
            sentAt: sentAt,
            attempt: UInt32(clamping: attempt)
        )
        return (message, expiry == .max ? nil : expiry)
    }

    private mutating func number() -> UInt64? {
        guard rest.count >= 8 else { return nil }
        defer { rest = rest.dropFirst(8) }
        return rest.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    }

    private mutating func part() -> [UInt8]? {
        guard let count = number(), count <= UInt64(rest.count) else { return nil }
        defer { rest = rest.dropFirst(Int(count)) }
        return Array(rest.prefix(Int(count)))
    }

    private mutating func optional() -> String?? {
        guard let flag = rest.popFirst(), flag <= 1 else { return nil }
        guard flag == 1 else { return .some(nil) }
        return part().map { String(decoding: $0, as: UTF8.self) }
    }
}
