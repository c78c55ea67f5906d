import WasmCore

/// A member of an object of JSON, and the property that it stands for.
struct Key<Root> {
    let name: String
    /// What is allowed, in words.
    let allowed: String
    /// Whether it must be there.
    let isRequired: Bool
    let read: (JSONValue, inout Root, inout Reading) -> Void
    let write: (Root) throws(UnwritableSpec) -> JSONValue

    init<Value>(_ name: String, _ property: WritableKeyPath<Root, Value>, _ form: Form<Value>, isRequired: Bool = false)
    {
        self.name = name
        self.isRequired = isRequired
        allowed = form.allowed
        read = { json, root, reading in
            if let value = form.read(json, &reading) { root[keyPath: property] = value }
        }
        write = { root throws(UnwritableSpec) in try form.write(root[keyPath: property]) }
    }
}

extension Form {
    /// An object whose members stand for properties; what is left out keeps its value of `initial`, and what has that
    /// value is not written.
    ///
    /// - Parameters:
    ///   - allowed: What it is, in words.
    ///   - initial: A value with every default.
    ///   - keys: The members, in the order in which they are written.
    /// - Returns: The form.
    static func object(_ allowed: String, _ initial: Value, _ keys: @escaping () -> [Key<Value>]) -> Form {
        Form(allowed) { json, reading in
            guard case .object(let members) = json.kind else {
                reading.refuse(json, wanted: allowed)
                return nil
            }
            let keys = keys()
            var value = initial
            for member in members where !reading.isFull {
                reading.within(member.name, member.value) { reading in
                    guard let key = keys.first(where: { $0.name == member.name }) else {
                        return reading.refuse(member.value, unknown(member.name, among: keys.map(\.name)))
                    }
                    key.read(member.value, &value, &reading)
                }
            }
            for key in keys where key.isRequired && !members.contains(where: { $0.name == key.name }) {
                reading.refuse(json, "`\(key.name)` is missing: \(key.allowed)")
            }
            return value
        } write: { value throws(UnwritableSpec) in
            var members: [(String, JSONValue)] = []
            for key in keys() {
                let json = try key.write(value)
                let standard = key.isRequired ? nil : try key.write(initial)
                if json.text() != standard?.text() { members.append((key.name, json)) }
            }
            return .object(members)
        }
    }

    private static func unknown(_ name: String, among names: [String]) -> String {
        let near = Suggestion.nearest(to: name, among: names).map { "did you mean `\($0)`? " } ?? ""
        return "nothing is called `\(Printable.text(name, limit: 64))` here; \(near)there are "
            + names.map { "`\($0)`" }.joined(separator: ", ")
    }
}
