extension FeatureSet {
    /// Makes a set of the features with these names, which are those of the proposals in the specifications and in
    /// their test suites.
    ///
    /// - Parameter names: names such as `async` or `map`, with `_` or `-` between words; a feature of the strict set, such
    ///   as `multi_memory`, may be named too.
    /// - Throws: `WasmError.Code.invalidConfiguration` for a proposal that this package does not offer, with the reason,
    ///   and for a name that is no proposal's.
    public init(named names: some Sequence<String>) throws(WasmError) {
        self = []
        for name in names {
            switch Self.proposals[name.replacing("-", with: "_")] {
            case .offered(let feature)?: formUnion(feature)
            case .always?: break
            case .refused(let reason)?:
                throw WasmError(.invalidConfiguration, "the feature \(name) is not offered: \(reason)")
            case nil:
                throw WasmError(
                    .invalidConfiguration,
                    "\(name) is no feature; the features are \(Self.offeredNames.joined(separator: ", "))"
                )
            }
        }
    }

    /// The names of the set's features, as `init(named:)` reads them, sorted.
    public var names: [String] {
        Self.proposals.compactMap { name, proposal in
            if case .offered(let feature) = proposal, isSuperset(of: feature) { name } else { nil }
        }
        .sorted()
    }

    private static var offeredNames: [String] { FeatureSet.all.names }

    /// What stands behind the name of a proposal.
    private enum Proposal {
        /// A member of the set.
        case offered(FeatureSet)
        /// Part of the strict set.
        case always
        /// Always off; why.
        case refused(String)
    }

    private static let unreachable = "libwasmtime's C API has no switch for it"
    private static let dangerous = "guests could escape a limit with it"

    private static let proposals: [String: Proposal] = [
        "memory64": .offered(.memory64),
        "relaxed_simd": .offered(.relaxedSIMD),
        "custom_page_sizes": .offered(.customPageSizes),
        "wide_arithmetic": .offered(.wideArithmetic),
        "map": .offered(.maps),
        "async": .offered(.componentAsync),
        "more_async_builtins": .offered(.moreAsyncBuiltins),
        "async_stackful": .offered(.asyncStackful),
        "implements": .offered(.implements),
        "threads": .offered(.threads),
        "exceptions": .offered(.exceptions),
        "gc": .offered(.garbageCollection),
        "multi_value": .always,
        "bulk_memory": .always,
        "reference_types": .always,
        "simd": .always,
        "tail_call": .always,
        "multi_memory": .always,
        "extended_const": .always,
        "threading": .refused(unreachable),
        "fixed_length_lists": .refused(unreachable),
        "error_context": .refused(unreachable),
        "cm_gc": .refused(unreachable),
        "cm_memory64": .refused(unreachable),
        "nested_names": .refused(unreachable),
        "values": .refused(unreachable),
        "shared_memory": .refused(dangerous),
        "function_references": .refused("it comes with gc"),
        "stack_switching": .refused(dangerous),
    ]
}

extension FeatureSet: CustomStringConvertible {
    /// The names of the features, as in `async, map`; `strict` where there is none.
    public var description: String {
        isEmpty ? "strict" : names.joined(separator: ", ")
    }
}
