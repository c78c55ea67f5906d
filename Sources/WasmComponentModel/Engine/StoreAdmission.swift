import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Counts the live stores of the process against what its memory mappings allow.
///
/// An instance of a guest in Swift takes between six and seven mappings, and one whose call is suspended one more; with the
/// pooling allocator it is two. Where none is left, `mmap` fails for everybody in the process, `pthread_create` with it,
/// and libwasmtime ends the process where it gives a mapping back.
enum StoreAdmission {
    private static let count = Atomic<Int>(0)

    static var live: Int { count.load(ordering: .relaxed) }

    /// The mappings left to the rest of the process.
    private static let reserve = 10_000

    static func derivedMaximum(pooling: Bool) -> Int {
        max(1, (mapLimit - reserve) / (pooling ? 2 : 8))
    }

    /// Counts one more store.
    static func enter(maximum: Int) throws(WasmError) {
        let new = count.wrappingAdd(1, ordering: .relaxed).newValue
        guard new <= maximum else {
            leave()
            throw WasmError(
                .admission,
                "\(maximum) stores live in this process already, the most that it may hold; end some, raise "
                    + "vm.max_map_count, or use the pooling allocator"
            )
        }
    }

    static func leave() {
        count.wrappingSubtract(1, ordering: .relaxed)
    }

    /// `vm.max_map_count`; systems without such a limit count as having a million.
    private static let mapLimit: Int = {
        #if os(Linux)
            guard let file = unsafe fopen("/proc/sys/vm/max_map_count", "r") else { return 65_530 }
            defer { unsafe _ = fclose(file) }
            var value = 0
            while case let character = unsafe getc(file), (48...57).contains(character), value < 1 << 40 {
                value = value * 10 + Int(character - 48)
            }
            return value == 0 ? 65_530 : value
        #else
            return 1_000_000
        #endif
    }()
}
