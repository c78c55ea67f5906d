import WasmActor
import WasmCore
import WasmRuntime

extension Form {
    /// What may be left out. `null` is no way to say so: nothing is.
    static func optional<Wrapped>(_ form: Form<Wrapped>) -> Form where Value == Wrapped? {
        Form(form.allowed) { json, reading in
            form.read(json, &reading).map(Optional.some)
        } write: { value throws(UnwritableSpec) in
            // Never in a file: nil is the default, and defaults are left out.
            guard let value else { return JSONValue(.null) }
            return try form.write(value)
        }
    }
}

extension Form {
    /// What may be `never` as well.
    static func orNever<Wrapped>(_ form: Form<Wrapped>) -> Form where Value == Wrapped? {
        let allowed = "\"never\", or " + form.allowed
        return Form(allowed) { json, reading in
            if case .string("never") = json.kind { return .some(nil) }
            return form.read(json, &reading).map(Optional.some)
        } write: { value throws(UnwritableSpec) in
            guard let value else { return .string("never") }
            return try form.write(value)
        }
    }
}

extension TreeForms {
    /// Bytes, which mostly are a text.
    static var payload: Form<[UInt8]> {
        let allowed = "a text, or an object with `base64`"
        return Form(allowed) { json, reading in
            switch json.kind {
            case .string(let text): return Array(text.utf8)
            case .object(let members) where members.count == 1 && members[0].name == "base64":
                guard case .string(let text) = members[0].value.kind else { break }
                if let bytes = Base64.bytes(text) { return bytes }
                reading.refuse(members[0].value, "not Base64 with padding")
                return nil
            default: break
            }
            reading.refuse(json, wanted: allowed)
            return nil
        } write: { bytes in
            if let text = String(validating: bytes, as: UTF8.self) { return .string(text) }
            return .object([("base64", .string(Base64.text(bytes)))])
        }
    }

    /// An object with a list of patterns, or one pattern, for each kind of access.
    static var grants: Form<Grants> {
        let kinds = Capability.Kind.allCases.map(\.rawValue)
        let allowed = "an object with patterns for kinds of access, such as { \"messaging.send\": [\"demo/**\"] }"
        let pattern = Form<Pattern>.text(
            "a pattern such as \"demo/*/main\" or \"demo/**\"",
            Pattern.init,
            \.description
        )
        let patterns = Form<[Pattern]>.list(of: pattern, "a pattern, or a list of patterns")
        return Form(allowed) { json, reading in
            guard case .object(let members) = json.kind else {
                reading.refuse(json, wanted: allowed)
                return nil
            }
            var grants: [Grant] = []
            for member in members where !reading.isFull {
                reading.within(member.name, member.value) { reading in
                    guard let kind = Capability.Kind(rawValue: member.name) else {
                        let near =
                            Suggestion.nearest(to: member.name, among: kinds).map { "did you mean `\($0)`? " } ?? ""
                        return reading.refuse(
                            member.value,
                            "`\(Printable.text(member.name, limit: 64))` is no kind of access; \(near)there are "
                                + kinds.map { "`\($0)`" }.joined(separator: ", ")
                        )
                    }
                    let read: [Pattern]?
                    if case .string = member.value.kind {
                        read = pattern.read(member.value, &reading).map { [$0] }
                    } else {
                        read = patterns.read(member.value, &reading)
                    }
                    grants += (read ?? []).map { Grant(kind, $0) }
                }
            }
            return Grants(grants)
        } write: { grants throws(UnwritableSpec) in
            var members: [(String, JSONValue)] = []
            for kind in Capability.Kind.allCases {
                let own = grants.list.filter { $0.kind == kind }.map(\.pattern)
                if !own.isEmpty { members.append((kind.rawValue, try patterns.write(own))) }
            }
            return .object(members)
        }
    }
}
