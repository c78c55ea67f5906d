public import WasmCore

/// Which exit reasons a `RestartRule` is about.
public struct ExitPattern: Hashable, Sendable, LosslessStringConvertible {
    private enum Kind: Hashable {
        case any, abnormal, normal, shutdown, failed, killed, upgradeFailed, hostError
        case trap(TrapCode?)
        case limit(LimitKind?)
        case denied(Capability.Kind?, Pattern?)
    }

    /// The patterns that are a word.
    private static let words: KeyValuePairs<String, Kind> = [
        "any": .any, "abnormal": .abnormal, "normal": .normal, "shutdown": .shutdown, "failed": .failed,
        "killed": .killed, "upgradeFailed": .upgradeFailed, "hostError": .hostError,
        "trap": .trap(nil), "limit": .limit(nil), "denied": .denied(nil, nil),
    ]

    private let kind: Kind

    private init(_ kind: Kind) {
        self.kind = kind
    }

    /// Every reason.
    public static let any = ExitPattern(.any)
    /// Every reason but `normal` and `shutdown`.
    public static let abnormal = ExitPattern(.abnormal)
    /// The actor asked for its end.
    public static let normal = ExitPattern(.normal)
    /// It was stopped.
    public static let shutdown = ExitPattern(.shutdown)
    /// `initialize` refused, or the guest ended itself with a failure.
    public static let failed = ExitPattern(.failed)
    /// A trap of any code.
    public static let trap = ExitPattern(.trap(nil))
    /// Any limit.
    public static let limit = ExitPattern(.limit(nil))
    /// The denial of any capability.
    public static let denied = ExitPattern(.denied(nil, nil))
    /// It was killed.
    public static let killed = ExitPattern(.killed)
    /// Its upgrade failed.
    public static let upgradeFailed = ExitPattern(.upgradeFailed)
    /// The host failed.
    public static let hostError = ExitPattern(.hostError)

    /// A trap of one code.
    ///
    /// - Parameter code: The code.
    /// - Returns: The pattern.
    public static func trap(_ code: TrapCode) -> ExitPattern { ExitPattern(.trap(code)) }

    /// One limit.
    ///
    /// - Parameter kind: Which one.
    /// - Returns: The pattern.
    public static func limit(_ kind: LimitKind) -> ExitPattern { ExitPattern(.limit(kind)) }

    /// The denial of one kind of capability.
    ///
    /// - Parameters:
    ///   - kind: The kind of access.
    ///   - subject: To what [anything].
    /// - Returns: The pattern.
    public static func denied(_ kind: Capability.Kind, _ subject: Pattern? = nil) -> ExitPattern {
        ExitPattern(.denied(kind, subject))
    }

    /// Whether a reason is one that the pattern stands for.
    ///
    /// - Parameter reason: Why an actor ended.
    /// - Returns: True where it is.
    public func matches(_ reason: ExitReason) -> Bool {
        switch (kind, reason) {
        case (.any, _), (.normal, .normal), (.shutdown, .shutdown), (.failed, .failed), (.killed, .killed),
            (.upgradeFailed, .upgradeFailed), (.hostError, .hostError):
            true
        case (.abnormal, let reason): reason.isAbnormal
        case (.trap(let wanted), .trap(let code)): wanted.map { $0 == code } ?? true
        case (.limit(let wanted), .limit(let limit)): wanted.map { $0 == limit } ?? true
        case (.denied(nil, _), .denied): true
        case (.denied(let wanted?, let subject), .denied(let capability)):
            Self.read(capability).map { $0 == wanted.rawValue && (subject?.matches($1) ?? true) } ?? false
        default: false
        }
    }

    /// The name and what stands in the brackets behind it, of a text such as `messaging.send(demo/relay/main)`.
    private static func read(_ text: String) -> (name: String, argument: String)? {
        guard text.utf8.last == UInt8(ascii: ")"), let start = text.utf8.firstIndex(of: UInt8(ascii: "(")) else {
            return nil
        }
        return (String(text[..<start]), String(text[text.utf8.index(after: start)...].dropLast()))
    }
}

// MARK: - As text

extension ExitPattern {
    /// Reads a pattern, as its description writes it: `any`, `trap`, `trap(stackOverflow)`, `limit(memory)`,
    /// `denied(messaging.send)`, `denied(messaging.send(demo/**))` and so on.
    ///
    /// - Parameter description: The text; nil comes of one that is no pattern.
    public init?(_ description: String) {
        if let word = Self.words.first(where: { $0.key == description }) {
            self.init(word.value)
            return
        }
        guard let (name, argument) = Self.read(description) else { return nil }
        switch name {
        case "trap":
            guard let code = TrapCode.allCases.first(where: { "\($0)" == argument }) else { return nil }
            self = .trap(code)
        case "limit":
            guard let limit = LimitKind.allCases.first(where: { "\($0)" == argument }) else { return nil }
            self = .limit(limit)
        case "denied":
            if let kind = Capability.Kind(rawValue: argument) {
                self = .denied(kind)
                return
            }
            guard let (name, subject) = Self.read(argument), let kind = Capability.Kind(rawValue: name),
                let pattern = try? Pattern(subject)
            else { return nil }
            self = .denied(kind, pattern)
        default: return nil
        }
    }

    /// The pattern as text, which `init` reads.
    public var description: String {
        switch kind {
        case .trap(let code?): "trap(\(code))"
        case .limit(let limit?): "limit(\(limit))"
        case .denied(let kind?, let subject?): "denied(\(kind.rawValue)(\(subject)))"
        case .denied(let kind?, nil): "denied(\(kind.rawValue))"
        // Every other kind is one of the words; a test holds that.
        default: Self.words.first { $0.value == kind }?.key ?? "any"
        }
    }
}
