extension WAVEReader {
    /// Reads a character, as in `'x'` or `'\u{1f41f}'`.
    mutating func char() throws(WAVEError) -> Unicode.Scalar {
        guard scanner.take("'") else {
            throw scanner.failure(expecting: "a character in single quotes")
        }
        let start = scanner.position
        guard let scalar = scanner.takeRaw(), scalar != "\n", scalar != "'" else {
            scanner.goBack(to: start)
            throw scanner.failure(expecting: "one character")
        }
        let result = scalar == "\\" ? try escape() : scalar
        guard scanner.current == "'" else {
            throw scanner.failure(expecting: "' after one character")
        }
        _ = scanner.takeRaw()
        return result
    }

    /// Reads a string: on one line in `"`, or on several in `"""`.
    mutating func string() throws(WAVEError) -> String {
        if scanner.take(#"""""#) {
            return try multilineString()
        }
        guard scanner.take("\"") else {
            throw scanner.failure(expecting: "a string in double quotes")
        }
        let start = scanner.position - 1
        var result = String.UnicodeScalarView()
        while let scalar = scanner.takeRaw(), scalar != "\n" {
            if scalar == "\"" { return String(result) }
            result.append(scalar == "\\" ? try escape() : scalar)
        }
        throw scanner.error("this string has no closing quote", at: start)
    }

    /// Reads what follows `"""`: lines whose common indentation is that of the closing quotes.
    private mutating func multilineString() throws(WAVEError) -> String {
        let start = scanner.position - 3
        guard scanner.takeRaw() == "\n" else {
            throw scanner.error("a string in three quotes starts on the line after them", at: start)
        }
        var lines = [String.UnicodeScalarView()]
        while let scalar = scanner.current {
            if scalar == "\"", closesMultiline() {
                return try joined(lines, from: start)
            }
            _ = scanner.takeRaw()
            if scalar == "\n" {
                lines.append(String.UnicodeScalarView())
            } else {
                lines[lines.count - 1].append(scalar == "\\" ? try escape() : scalar)
            }
        }
        throw scanner.error("this string has no closing quotes", at: start)
    }

    private mutating func closesMultiline() -> Bool {
        let start = scanner.position
        for _ in 0..<3 where scanner.takeRaw() != "\"" {
            scanner.goBack(to: start)
            return false
        }
        return true
    }

    private func joined(_ lines: [String.UnicodeScalarView], from start: Int) throws(WAVEError) -> String {
        guard let indentation = lines.last, indentation.allSatisfy({ $0 == " " }) else {
            throw scanner.error("the closing quotes stand on a line of their own", at: start)
        }
        var result: [String] = []
        for line in lines.dropLast() {
            guard line.isEmpty || line.starts(with: indentation) else {
                throw scanner.error("a line is indented less than the closing quotes", at: start)
            }
            result.append(String(String.UnicodeScalarView(line.dropFirst(indentation.count))))
        }
        return result.joined(separator: "\n")
    }

    /// Reads what follows a backslash.
    private mutating func escape() throws(WAVEError) -> Unicode.Scalar {
        let start = scanner.position - 1
        switch scanner.takeRaw() {
        case "n": return "\n"
        case "r": return "\r"
        case "t": return "\t"
        case "\\": return "\\"
        case "'": return "'"
        case "\"": return "\""
        case "u":
            var digits = ""
            if scanner.takeRaw() == "{" {
                while let scalar = scanner.takeRaw(), scalar != "}", digits.count < 7 {
                    digits.unicodeScalars.append(scalar)
                }
            }
            if (1...6).contains(digits.count), let number = UInt32(digits, radix: 16),
                let scalar = Unicode.Scalar(number)
            {
                return scalar
            }
            throw scanner.error(
                #"expected \u{ and the number of a Unicode scalar in 1 to 6 hexadecimal digits and }"#,
                at: start
            )
        default:
            throw scanner.error(#"expected one of the escapes \n \r \t \\ \' \" \u{...}"#, at: start)
        }
    }
}
