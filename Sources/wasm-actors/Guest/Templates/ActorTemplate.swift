/// An actor that greets, and counts whom it greeted. A restart begins at 0 again.
struct Greeter: NewGuestGuest {
    var count = 0

    /// Answers a message: its payload is a name, and so the reply is a greeting.
    mutating func handleMessage(message: Message) throws(ActorError) -> Payload? {
        guard !message.payload.isEmpty else { throw .invalidMessage("a name is missing") }
        return Array(greet(name: String(decoding: message.payload, as: UTF8.self)).utf8)
    }

    /// Answers a call of the world's own interface.
    mutating func greet(name: String) -> String {
        count += 1
        return "Hello, \(name)! You are number \(count)."
    }

    /// Says what this actor is. The contract's other functions have defaults, in ActorDefaults.swift of the bindings.
    mutating func metadata() -> ActorMetadata {
        ActorMetadata(name: "new-guest", version: "0.1.0", description: "Greets whoever is named.")
    }
}

typealias Guest = Greeter
