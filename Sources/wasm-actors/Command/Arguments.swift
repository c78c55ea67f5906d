import WasmActorTrees

/// A line of arguments taken apart: options with a value, and what is left in order.
struct Arguments {
    private(set) var positional: [String] = []
    private var values: [String: [String]] = [:]
    private var flags: Set<String> = []

    /// Takes a line apart.
    ///
    /// Everything after `--` is positional, and so is everything after the positional argument that ends the options:
    /// a value such as `-1` must not be read as an option.
    ///
    /// - Parameters:
    ///   - line: The arguments after the command's name.
    ///   - options: The options that the command knows, with their dashes; each takes a value.
    ///   - repeated: Those that may come more than once; of the others the last one counts.
    ///   - flags: The options that take no value.
    ///   - limit: After how many positional arguments no more options are looked for.
    /// - Throws: A usage error for an unknown option, one without its value, or a flag with one.
    init(
        _ line: [String],
        options: [String] = [],
        repeated: [String] = [],
        flags: [String] = [],
        optionsEndAfter limit: Int = .max
    ) throws(CommandError) {
        var rest = line[...]
        while let argument = rest.popFirst() {
            if argument == "--" || positional.count >= limit {
                positional += argument == "--" ? Array(rest) : [argument] + rest
                return
            }
            guard argument.hasPrefix("-"), argument.count > 1 else {
                positional.append(argument)
                continue
            }
            let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(parts[0])
            if flags.contains(name) {
                guard parts.count == 1 else { throw .usage("option \(name) takes no value") }
                self.flags.insert(name)
                continue
            }
            guard options.contains(name) || repeated.contains(name) else {
                let near = Suggestion.nearest(to: name, among: options + repeated + flags + ["--help"])
                throw .usage("unknown option \(name)", hint: near.map { "Did you mean \($0)?" })
            }
            guard let value = parts.count == 2 ? String(parts[1]) : rest.popFirst() else {
                throw .usage("option \(name) needs a value", hint: "Write \(name) VALUE.")
            }
            values[name, default: []].append(value)
        }
    }

    /// Whether a flag was given.
    func has(_ flag: String) -> Bool { flags.contains(flag) }

    /// The value of an option; none where it was not given.
    func value(of option: String) -> String? { values[option]?.last }

    /// Every value of an option, in their order.
    func values(of option: String) -> [String] { values[option] ?? [] }

    /// The value of an option as a whole number within a range.
    ///
    /// - Parameters:
    ///   - option: The option, with its dashes.
    ///   - range: What is allowed.
    /// - Returns: The number; none where the option was not given.
    /// - Throws: A usage error for anything else.
    func number(of option: String, in range: ClosedRange<Int>) throws(CommandError) -> Int? {
        guard let text = value(of: option) else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw .usage(
                "\(option) is '\(text)'",
                hint: "Give a whole number from \(range.lowerBound) to \(range.upperBound)."
            )
        }
        return number
    }
}
