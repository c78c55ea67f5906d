/// An actor that counts.
///
/// | message | reply |
/// |---|---|
/// | `increment` | the count, one higher |
/// | `increment N` | the count, N higher |
/// | `get` | the count |
/// | `reset` | `0`, and the count is 0 |
/// | `save` | `saved`: the count lies in the actor's own storage area |
/// | `load` | the count, as it was saved; `none` where nothing was |
/// | `generation` | 1 for the first instance, one more after each restart |
///
/// The count lives in memory: a restart begins at 0 again, or at the count that the arguments name. Anything else is
/// answered with `invalid-message`.
struct Counter: ActorGuest {
    var count = 0
    var generation: UInt64 = 0

    mutating func initialize(config: Config) throws(ActorError) {
        generation = config.generation
        guard !config.arguments.isEmpty else { return }
        guard let start = Int(String(decoding: config.arguments, as: UTF8.self)) else {
            throw .failed("the arguments are not a number")
        }
        count = start
    }

    mutating func handleMessage(message: Message) throws(ActorError) -> Payload? {
        let text = String(decoding: message.payload, as: UTF8.self)
        let words = text.utf8.split(separator: 0x20).map { String(Substring($0)) }
        return Array(try answer(words).utf8)
    }

    private mutating func answer(_ words: [String]) throws(ActorError) -> String {
        switch words.first {
        case "increment":
            let step = words.count > 1 ? Int(words[1]) : 1
            guard let step else { throw .invalidMessage("increment takes a number") }
            count += step
        case "get": break
        case "reset": count = 0
        case "save":
            try save()
            return "saved"
        case "load":
            guard let saved = try load() else { return "none" }
            count = saved
        case "generation": return String(generation)
        default: throw .invalidMessage("increment, get, reset, save, load and generation are known")
        }
        return String(count)
    }

    private func save() throws(ActorError) {
        do throws(StorageError) {
            try Storage.set(area: .private, key: "count", value: Array(String(count).utf8))
        } catch {
            throw .failed("the count was not saved")
        }
    }

    private func load() throws(ActorError) -> Int? {
        do throws(StorageError) {
            return try Storage.get(area: .private, key: "count").flatMap { Int(String(decoding: $0, as: UTF8.self)) }
        } catch {
            throw .failed("the count was not loaded")
        }
    }

    mutating func metadata() -> ActorMetadata {
        ActorMetadata(name: "counter", version: "1.0.0", description: "Counts what it is told to count.")
    }
}

typealias Guest = Counter
