import WasmCore

/// The answer to one message, which comes once.
typealias Reply = OneShot<Result<[UInt8], MessagingError>>

/// Tells a sender that its message found room, or why it never will.
typealias Admission = OneShot<Result<Void, MessagingError>>

/// What waits for a turn, with whom to answer: a message, or a call of the host's.
struct Envelope: Sendable {
    private enum Content {
        case message(ComponentMessage, Reply?)
        case call(any WaitingCall)
    }

    private var content: Content
    /// When the sender stops waiting, by the clock; nil where that is not known.
    let deadline: Duration?

    /// A message, and where the sender waits for the answer; nil where nobody does.
    init(message: ComponentMessage, reply: Reply?, deadline: Duration? = nil) {
        content = .message(message, reply)
        self.deadline = deadline
    }

    /// A call of the actor's own exports, whose caller waits.
    init(call: any WaitingCall) {
        content = .call(call)
        deadline = nil
    }

    /// The message; nil where a call waits.
    var message: ComponentMessage? {
        if case .message(let message, _) = content { message } else { nil }
    }

    /// Where the sender of a message waits for the answer.
    var reply: Reply? {
        if case .message(_, let reply) = content { reply } else { nil }
    }

    /// The call; nil where a message waits.
    var call: (any WaitingCall)? {
        if case .call(let call) = content { call } else { nil }
    }

    /// Whether somebody waits for an answer.
    var isAnswered: Bool { reply != nil || call != nil }

    /// Gives a request its number.
    mutating func number(_ id: CorrelationID) {
        guard case .message(var message, let reply) = content else { return }
        message.correlationID = id
        content = .message(message, reply)
    }

    /// The same without the message's bytes: what a request that is left open needs to be answered.
    var withoutPayload: Envelope {
        var envelope = self
        if case .message(var message, let reply) = content {
            message.payload = []
            envelope.content = .message(message, reply)
        }
        return envelope
    }

    /// Tells whoever waits that no answer comes.
    func fail(_ error: MessagingError) {
        switch content {
        case .message(_, let reply): reply?.resolve(.failure(error))
        case .call(let call): call.fail(error)
        }
    }
}
