import WasmCore

/// The answer to one message, which comes once.
typealias Reply = OneShot<Result<[UInt8], MessagingError>>

/// Tells a sender that its message found room, or why it never will.
typealias Admission = OneShot<Result<Void, MessagingError>>

/// A message on its way, with whom to answer.
struct Envelope: Sendable {
    /// The message.
    var message: ComponentMessage
    /// Where the sender waits for the answer; nil where nobody does.
    let reply: Reply?
}
