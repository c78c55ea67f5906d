/// How values of one kind are written in JSON: both ways, and in words.
struct Form<Value> {
    /// What is allowed, in words that follow "expected is".
    let allowed: String
    /// Reads a value; nil where it is of another form, which was noted then.
    let read: (JSONValue, inout Reading) -> Value?
    /// Writes a value.
    let write: (Value) throws(UnwritableSpec) -> JSONValue

    init(
        _ allowed: String,
        read: @escaping (JSONValue, inout Reading) -> Value?,
        write: @escaping (Value) throws(UnwritableSpec) -> JSONValue
    ) {
        self.allowed = allowed
        self.read = read
        self.write = write
    }

    /// A form that is a text which one function reads; nil of it means that the text is of another form.
    static func text(
        _ allowed: String,
        _ parse: @escaping (String) -> Value?,
        _ print: @escaping (Value) -> String
    ) -> Form {
        Form(allowed) { json, reading in
            if case .string(let text) = json.kind, let value = parse(text) { return value }
            reading.refuse(json, wanted: allowed)
            return nil
        } write: { value in
            .string(print(value))
        }
    }

    /// A form that is a text which one function reads, or says why not.
    static func text<Failure: Error>(
        _ allowed: String,
        _ parse: @escaping (String) throws(Failure) -> Value,
        _ print: @escaping (Value) -> String
    ) -> Form {
        Form(allowed) { json, reading in
            guard case .string(let text) = json.kind else {
                reading.refuse(json, wanted: allowed)
                return nil
            }
            do throws(Failure) {
                return try parse(text)
            } catch {
                reading.refuse(json, "\(error)")
                return nil
            }
        } write: { value in
            .string(print(value))
        }
    }
}

extension Form where Value: Equatable {
    /// One word of several.
    static func word(_ words: [(name: String, value: Value)]) -> Form {
        let names = words.map(\.name)
        let allowed = names.count == 1 ? "`\(names[0])`" : "one of " + names.map { "`\($0)`" }.joined(separator: ", ")
        return Form(allowed) { json, reading in
            if case .string(let text) = json.kind {
                if let word = words.first(where: { $0.name == text }) { return word.value }
                if let near = Suggestion.nearest(to: text, among: names) {
                    reading.refuse(json, "`\(text)` is not \(allowed); did you mean `\(near)`?")
                    return nil
                }
            }
            reading.refuse(json, wanted: allowed)
            return nil
        } write: { value throws(UnwritableSpec) in
            guard let word = words.first(where: { $0.value == value }) else {
                throw UnwritableSpec(message: "\(value) is not \(allowed)")
            }
            return .string(word.name)
        }
    }
}

extension Form {
    /// A list, in its order.
    static func list<Element>(of element: Form<Element>, _ allowed: String) -> Form where Value == [Element] {
        Form(allowed) { json, reading in
            guard case .array(let elements) = json.kind else {
                reading.refuse(json, wanted: allowed)
                return nil
            }
            return elements.enumerated().compactMap { index, json in
                reading.isFull ? nil : reading.within(index, json) { element.read(json, &$0) }
            }
        } write: { values throws(UnwritableSpec) in
            var elements: [JSONValue] = []
            for value in values { elements.append(try element.write(value)) }
            return JSONValue(.array(elements))
        }
    }
}
