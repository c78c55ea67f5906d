/// Who an actor is: a namespace, a name and an instance.
///
/// Each part is 1 to 64 characters of `[a-z0-9._-]`, and neither `.` nor `..`, so an id is safe as a path, a topic or a
/// key, and two different ids never print alike.
public struct ActorID: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The group that the actor belongs to.
    public let namespace: String
    /// What the actor is.
    public let name: String
    /// Which of its kind it is.
    public let instance: String

    /// Makes an id of three parts.
    ///
    /// - Parameters:
    ///   - namespace: The group that the actor belongs to.
    ///   - name: What the actor is.
    ///   - instance: Which of its kind it is.
    /// - Throws: `InvalidActorID` where a part is not of the form above.
    public init(namespace: String, name: String, instance: String) throws(InvalidActorID) {
        self.init(uncheckedNamespace: namespace, name: name, instance: instance)
        try validate()
    }

    /// Reads an id of the form `namespace/name/instance`.
    ///
    /// - Parameter text: The printed id.
    /// - Throws: `InvalidActorID` where the text has not three parts, or one is not of the form above.
    public init(_ text: String) throws(InvalidActorID) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 3 else {
            throw InvalidActorID(
                text: text,
                reason: "it has \(parts.count) parts where `namespace/name/instance` has 3"
            )
        }
        try self.init(namespace: String(parts[0]), name: String(parts[1]), instance: String(parts[2]))
    }

    /// Takes up three texts as a guest passed them; `validate()` says whether they are an id.
    ///
    /// - Parameters:
    ///   - namespace: The group that the actor belongs to.
    ///   - name: What the actor is.
    ///   - instance: Which of its kind it is.
    public init(uncheckedNamespace namespace: String, name: String, instance: String) {
        self.namespace = namespace
        self.name = name
        self.instance = instance
    }

    /// Checks the form of every part.
    ///
    /// - Throws: `InvalidActorID` that names the first part which is not of the form.
    public func validate() throws(InvalidActorID) {
        try Self.validate(namespace, part: "namespace", of: self)
        try Self.validate(name, part: "name", of: self)
        try Self.validate(instance, part: "instance", of: self)
    }

    private static func validate(_ text: String, part: String, of id: ActorID) throws(InvalidActorID) {
        guard (1...64).contains(text.utf8.count) else {
            throw InvalidActorID(
                text: id.description,
                reason: "its \(part) has \(text.utf8.count) bytes, 1 to 64 are allowed"
            )
        }
        guard text != ".", text != ".." else {
            throw InvalidActorID(text: id.description, reason: "its \(part) is `\(text)`")
        }
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
                continue
            default:
                throw InvalidActorID(
                    text: id.description,
                    reason: "its \(part) has a character that is none of a-z, 0-9, `.`, `_` and `-`"
                )
            }
        }
    }

    /// The printed form, `namespace/name/instance`.
    public var description: String { "\(namespace)/\(name)/\(instance)" }

    /// Ids in the order of their parts.
    public static func < (left: ActorID, right: ActorID) -> Bool {
        (left.namespace, left.name, left.instance) < (right.namespace, right.name, right.instance)
    }
}

/// A text that is not an actor id, and why.
public struct InvalidActorID: Error, Hashable, Sendable, CustomStringConvertible {
    /// The text.
    public let text: String
    /// What is wrong with it.
    public let reason: String

    /// What is wrong, and what would be right.
    public var description: String {
        "`\(Printable.text(text, limit: 256))` is not an actor id: \(reason); write it as `namespace/name/instance`, each part 1 to 64 of [a-z0-9._-]"
    }
}
