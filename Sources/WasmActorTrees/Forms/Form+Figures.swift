/// Numbers, durations and sizes.
extension Form where Value: FixedWidthInteger {
    /// A whole number within a range.
    static func count(_ range: ClosedRange<Value>) -> Form {
        let allowed = "a whole number from \(range.lowerBound) to \(range.upperBound)"
        return Form(allowed) { json, reading in
            if case .number(let text) = json.kind, let value = Value(text), range.contains(value) { return value }
            reading.refuse(json, wanted: allowed)
            return nil
        } write: { value in
            .number("\(value)")
        }
    }

    /// A number of bytes: a whole number, or a text with a unit.
    static func bytes(_ range: ClosedRange<Value>) -> Form {
        let allowed =
            "a number of bytes such as 4096 or \"64MiB\" (B, KiB, MiB, GiB), from \(range.lowerBound) to "
            + "\(range.upperBound)"
        return Form(allowed) { json, reading in
            let value: Value?
            switch json.kind {
            case .number(let text): value = Value(text)
            case .string(let text): value = Quantity.bytes(text).flatMap { Value(exactly: $0) }
            default: value = nil
            }
            if let value, range.contains(value) { return value }
            reading.refuse(json, wanted: allowed)
            return nil
        } write: { value in
            Quantity.text(ofBytes: UInt64(value)).map(JSONValue.string) ?? .number("\(value)")
        }
    }
}

extension Form where Value == UInt64 {
    /// A time, kept in nanoseconds.
    static func nanoseconds(_ range: ClosedRange<UInt64>) -> Form {
        let form = Form<Duration>.duration(
            .nanoseconds(Int64(range.lowerBound))...(.nanoseconds(Int64(range.upperBound)))
        )
        return Form(form.allowed) { json, reading in
            form.read(json, &reading).map { UInt64(clamping: $0.attoseconds / 1_000_000_000) }
        } write: { value throws(UnwritableSpec) in
            try form.write(.nanoseconds(Int64(clamping: value)))
        }
    }
}

extension Form where Value == Duration {
    /// A time with its unit.
    static func duration(_ range: ClosedRange<Duration>) -> Form {
        let (least, most) = (Quantity.text(of: range.lowerBound), Quantity.text(of: range.upperBound))
        let allowed = "a time such as \"250ms\" or \"5s\" (ns, us, ms, s, m, h), from \(least) to \(most)"
        return Form(allowed) { json, reading in
            if case .string(let text) = json.kind, let value = Quantity.duration(text), range.contains(value) {
                return value
            }
            if case .number(let text) = json.kind {
                reading.refuse(json, "`\(text)` has no unit; expected is \(allowed)")
            } else {
                reading.refuse(json, wanted: allowed)
            }
            return nil
        } write: { value in
            .string(Quantity.text(of: value))
        }
    }
}

extension Form where Value == Double {
    /// A number from 0 to 1.
    static var part: Form {
        let allowed = "a number from 0 to 1"
        return Form(allowed) { json, reading in
            if case .number(let text) = json.kind, let value = Double(text), (0...1).contains(value) { return value }
            reading.refuse(json, wanted: allowed)
            return nil
        } write: { value in
            .number("\(value)")
        }
    }
}

extension Form where Value == Bool {
    /// `true` or `false`.
    static var truth: Form {
        Form("true or false") { json, reading in
            if case .bool(let truth) = json.kind { return truth }
            reading.refuse(json, wanted: "true or false")
            return nil
        } write: { value in
            JSONValue(.bool(value))
        }
    }
}
