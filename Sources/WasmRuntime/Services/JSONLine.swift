package import WasmCore

/// One object of JSON on one line, made without Foundation.
package struct JSONLine {
    private var body = ""

    /// Makes an object without members.
    package init() {}

    /// The object, and the line's end.
    package var text: String { object + "\n" }

    /// The object.
    package var object: String { "{\(body)}" }

    /// Adds a text.
    package mutating func add(_ name: String, _ text: String) { add(name, json: Self.quoted(text)) }

    /// Adds a number.
    package mutating func add(_ name: String, _ number: some BinaryInteger) { add(name, json: "\(number)") }

    /// Adds a truth.
    package mutating func add(_ name: String, _ truth: Bool) { add(name, json: "\(truth)") }

    /// Adds a list of texts.
    package mutating func add(_ name: String, _ texts: [String]) { add(name, json: Self.list(texts.map(Self.quoted))) }

    /// Adds what is JSON already, on one line.
    package mutating func add(_ name: String, json: String) {
        if !body.isEmpty { body += "," }
        body += "\(Self.quoted(name)):\(json)"
    }

    /// Adds fields as an object; a name that comes again has the list of its values.
    package mutating func add(_ name: String, _ fields: [Field]) {
        var order: [String] = []
        var values: [String: [String]] = [:]
        for field in fields {
            if values[field.name] == nil { order.append(field.name) }
            values[field.name, default: []].append(field.value)
        }
        var object = JSONLine()
        for name in order {
            let all = values[name] ?? []
            if all.count == 1 { object.add(name, all[0]) } else { object.add(name, all) }
        }
        add(name, json: object.object)
    }

    /// Adds bytes: as a text where they are one, else under `NAMEBase64` as Base64. Where they are cut, `NAMEBytes` says
    /// how many there were.
    package mutating func add(_ name: String, bytes: [UInt8], limit: Int = 4096) {
        let isCut = bytes.count > limit
        if let text = Self.text(bytes, limit: limit) {
            add(name, text)
        } else {
            add(name + "Base64", Base64.text(bytes.prefix(limit)))
        }
        if isCut { add(name + "Bytes", bytes.count) }
    }

    /// The longest text of whole characters within the limit; nil where the bytes are none.
    private static func text(_ bytes: [UInt8], limit: Int) -> String? {
        var kept = bytes.prefix(limit)
        if bytes.count > limit, let start = kept.suffix(3).lastIndex(where: { (0xC2...0xF4).contains($0) }),
            String(validating: kept[start...], as: UTF8.self) == nil
        {
            // A character that the limit cuts in two.
            kept = kept[..<start]
        }
        return String(validating: kept, as: UTF8.self)
    }

    /// A list of what is JSON already.
    package static func list(_ elements: [String]) -> String { "[" + elements.joined(separator: ",") + "]" }

    /// A text in quotation marks. What would steer a terminal is escaped besides what JSON wants to be.
    package static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case _ where Printable.isControl(scalar):
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
