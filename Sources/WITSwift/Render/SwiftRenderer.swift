/// Writes a `SwiftFile` as text. Nothing else in this module puts Swift's layout together.
public struct SwiftRenderer {
    private static let lineLength = 120

    private var text = ""
    private var depth = 0

    private init() {}

    /// Writes a file.
    ///
    /// - Parameter file: The file.
    /// - Returns: Its text, with a newline at the end.
    public static func render(_ file: SwiftFile) -> String {
        var renderer = SwiftRenderer()
        for line in file.header { renderer.write(line.isEmpty ? "//" : "// \(line)") }
        if !file.imports.isEmpty {
            renderer.write("")
            for line in file.imports { renderer.write(line) }
        }
        for declaration in file.declarations {
            renderer.write("")
            renderer.write(declaration)
        }
        return renderer.text
    }

    private mutating func write(_ line: String) {
        if !line.isEmpty {
            text += String(repeating: "    ", count: depth)
            text += line
        }
        text += "\n"
    }

    private mutating func write(docs: [String]) {
        for line in docs { write(line.isEmpty ? "///" : "/// \(line)") }
    }

    private mutating func write(_ statements: [Statement]) {
        for statement in statements {
            switch statement {
            case .line(let line): write(line)
            case .block(let open, let inner, let close):
                write([.chain([(open, inner)], close)])
            case .closure(let open, let signature, let inner, let close):
                let line = "\(open) { \(signature)"
                if line.count + 4 * depth <= Self.lineLength {
                    write([.chain([(line, inner)], close)])
                } else {
                    write([.chain([("\(open) {", [.line(signature)] + inner)], close)])
                }
            case .chain(let blocks, let close):
                for (open, inner) in blocks {
                    write(open)
                    depth += 1
                    write(inner)
                    depth -= 1
                }
                if !close.isEmpty { write(close) }
            }
        }
    }

    private mutating func write(_ declaration: Declaration) {
        switch declaration {
        case .line(let docs, let line):
            write(docs: docs)
            write(line)
        case .property(let property): write(property)
        case .function(let function): write(function)
        case .type(let type): write(type)
        }
    }

    private mutating func write(_ type: TypeDeclaration) {
        write(docs: type.docs)
        if type.members.isEmpty {
            write("\(type.head) {}")
            return
        }
        write("\(type.head) {")
        depth += 1
        var isTight = true
        for (index, member) in type.members.enumerated() {
            let tight = member.isOneLine
            if index > 0, !(tight && isTight) { write("") }
            isTight = tight
            write(member)
        }
        depth -= 1
        write("}")
    }

    private mutating func write(_ property: PropertyDeclaration) {
        write(docs: property.docs)
        if !property.getter.isEmpty {
            write([.block("\(property.head) {", property.getter, "}")])
        } else if case .line(let first)? = property.value.first {
            write("\(property.head) = \(first)")
            write(Array(property.value.dropFirst()))
        } else if case .block(let open, let inner, let close)? = property.value.first {
            write([.block("\(property.head) = \(open)", inner, close)])
            write(Array(property.value.dropFirst()))
        } else {
            write(property.head)
        }
    }

    /// What stands behind the parameters, the result on a line of its own where it does not fit.
    private func close(_ effects: String, _ open: String) -> String {
        let line = ")\(effects)\(open)"
        guard line.count + 4 * depth > Self.lineLength, let arrow = effects.firstRange(of: " -> ") else { return line }
        let indent = String(repeating: "    ", count: depth + 1)
        return ")\(effects[..<arrow.lowerBound])\n\(indent)\(effects[arrow.lowerBound...].dropFirst())\(open)"
    }

    private mutating func write(_ function: FunctionDeclaration) {
        write(docs: function.docs)
        for attribute in function.attributes { write(attribute) }
        let effects = function.effects.isEmpty ? "" : " \(function.effects)"
        let open = function.body == nil || !function.constraints.isEmpty ? "" : " {"
        let line = "\(function.head)(\(function.parameters.joined(separator: ", ")))\(effects)\(open)"
        if line.count + 4 * depth <= Self.lineLength || function.parameters.isEmpty {
            write(line)
        } else {
            write([.block("\(function.head)(", Statement.arguments(function.parameters), close(effects, open))])
        }
        if !function.constraints.isEmpty {
            write([.block("where", Statement.arguments(function.constraints), function.body == nil ? "" : "{")])
        }
        guard let body = function.body else { return }
        depth += 1
        write(body)
        depth -= 1
        write("}")
    }
}

extension Declaration {
    /// Whether neighbours of its kind stand without an empty line between them.
    fileprivate var isOneLine: Bool {
        switch self {
        case .line(let docs, _): docs.isEmpty
        case .property(let property): property.docs.isEmpty && property.value.isEmpty && property.getter.isEmpty
        case .type, .function: false
        }
    }
}
