/// The memory that one lowering allocates, freed in one go.
///
/// Blocks hang in a chain, each behind a header that names the one before it. What an export returns is lowered into a
/// chain whose first block is the return area, so that post-return frees everything from that one address.
struct LoweringArena: ~Copyable {
    private static var headerBytes: Int { 16 }
    private var last: UnsafeMutableRawPointer?
    private var first: UnsafeMutableRawPointer?

    init() {}

    /// Memory that lives as long as the arena's chain.
    ///
    /// - Parameter byteCount: how much; aligned to 16.
    /// - Returns: its address.
    @inline(never)
    mutating func allocate(_ byteCount: Int) -> UnsafeMutableRawPointer {
        let block = UnsafeMutableRawPointer.allocate(byteCount: byteCount + Self.headerBytes, alignment: 16)
        block.storeBytes(of: nil, as: UnsafeMutableRawPointer?.self)
        if let last { last.storeBytes(of: block, as: UnsafeMutableRawPointer?.self) } else { first = block }
        last = block
        return block + Self.headerBytes
    }

    /// Frees the chain: the callee has read what was lowered for it.
    @inline(never)
    consuming func free() {
        Self.freeChain(first)
    }

    /// Frees the chain that starts with a return area.
    ///
    /// - Parameter area: the first address that `allocate` gave.
    static func free(from area: Int32) {
        freeChain(UnsafeMutableRawPointer(bitPattern: UInt(UInt32(bitPattern: area))).map { $0 - headerBytes })
    }

    private static func freeChain(_ first: UnsafeMutableRawPointer?) {
        var block = first
        while let current = block {
            block = current.load(as: UnsafeMutableRawPointer?.self)
            current.deallocate()
        }
    }
}

/// The error of a function or a `result` whose error type in WIT is not one that can be a Swift error itself.
///
/// It is sendable as every error is, whatever it carries: a component runs on one thread.
struct ComponentFailure<Payload>: Error, @unchecked Sendable {
    /// What the error carries; `()` where it carries nothing.
    var payload: Payload

    init(_ payload: Payload) { self.payload = payload }
}

/// What lifting and lowering share. Lifting takes over the memory that the caller allocated with `cabi_realloc`
/// and frees it as soon as it is read.
///
/// What generated code calls in many places is not inlined: a component stays about a tenth smaller.
enum CanonicalABI {
    /// An address or a length as the ABI carries it.
    @inline(__always)
    static func flat(_ pointer: UnsafeRawPointer) -> Int32 {
        Int32(truncatingIfNeeded: Int(bitPattern: pointer))
    }

    /// The memory at an address; the ABI never gives null for something that is read.
    @inline(__always)
    static func pointer(_ address: Int32) -> UnsafeRawPointer {
        UnsafeRawPointer(bitPattern: UInt(UInt32(bitPattern: address))).unsafelyUnwrapped
    }

    /// Frees memory that the caller handed over.
    @inline(never)
    static func free(_ address: Int32) {
        UnsafeMutableRawPointer(mutating: pointer(address)).deallocate()
    }

    // MARK: Strings

    @inline(never)
    static func liftString(_ address: Int32, _ count: Int32) -> String {
        guard count != 0 else { return "" }
        let bytes = UnsafeRawBufferPointer(start: pointer(address), count: Int(count))
        let string = String(decoding: bytes, as: UTF8.self)
        free(address)
        return string
    }

    /// Lifts from the place where address and length lie.
    @inline(never)
    static func liftString(at place: UnsafeRawPointer) -> String {
        liftString(place.load(as: Int32.self), place.load(fromByteOffset: 4, as: Int32.self))
    }

    @inline(never)
    static func lower(_ string: String, _ arena: inout LoweringArena) -> (Int32, Int32) {
        var string = string
        return string.withUTF8 { lower(UnsafeRawBufferPointer($0), &arena) }
    }

    // MARK: Bytes

    @inline(never)
    static func liftBytes(_ address: Int32, _ count: Int32) -> [UInt8] {
        guard count != 0 else { return [] }
        let bytes = [UInt8](UnsafeRawBufferPointer(start: pointer(address), count: Int(count)))
        free(address)
        return bytes
    }

    /// Lifts from the place where address and length lie.
    @inline(never)
    static func liftBytes(at place: UnsafeRawPointer) -> [UInt8] {
        liftBytes(place.load(as: Int32.self), place.load(fromByteOffset: 4, as: Int32.self))
    }

    @inline(never)
    static func lower(_ bytes: [UInt8], _ arena: inout LoweringArena) -> (Int32, Int32) {
        bytes.withUnsafeBytes { lower($0, &arena) }
    }

    private static func lower(_ bytes: UnsafeRawBufferPointer, _ arena: inout LoweringArena) -> (Int32, Int32) {
        // An empty range is never read: any address does.
        guard let source = bytes.baseAddress, bytes.count > 0 else { return (1, 0) }
        let copy = arena.allocate(bytes.count)
        copy.copyMemory(from: source, byteCount: bytes.count)
        return (flat(copy), Int32(truncatingIfNeeded: bytes.count))
    }

    /// Stores an address and a length.
    @inline(never)
    static func store(_ range: (Int32, Int32), at place: UnsafeMutableRawPointer) {
        place.storeBytes(of: range.0, as: Int32.self)
        place.storeBytes(of: range.1, toByteOffset: 4, as: Int32.self)
    }

    // MARK: Lists

    static func liftList<Element>(
        _ address: Int32,
        _ count: Int32,
        stride: Int,
        _ read: (UnsafeRawPointer) -> Element
    ) -> [Element] {
        guard count != 0 else { return [] }
        let base = pointer(address)
        var elements: [Element] = []
        elements.reserveCapacity(Int(count))
        for index in 0..<Int(count) { elements.append(read(base + index * stride)) }
        free(address)
        return elements
    }

    /// Lifts from the place where address and length lie.
    static func liftList<Element>(
        at place: UnsafeRawPointer,
        stride: Int,
        _ read: (UnsafeRawPointer) -> Element
    ) -> [Element] {
        let count = place.load(fromByteOffset: 4, as: Int32.self)
        return liftList(place.load(as: Int32.self), count, stride: stride, read)
    }

    static func lowerList<Element>(
        _ elements: [Element],
        stride: Int,
        _ arena: inout LoweringArena,
        _ write: (Element, UnsafeMutableRawPointer, inout LoweringArena) -> Void
    ) -> (Int32, Int32) {
        guard !elements.isEmpty else { return (8, 0) }
        let base = arena.allocate(elements.count * stride)
        for (index, element) in elements.enumerated() { write(element, base + index * stride, &arena) }
        return (flat(base), Int32(truncatingIfNeeded: elements.count))
    }

    // MARK: Maps

    /// Of entries with the same key the last one counts.
    static func liftMap<Key: Hashable, Value>(
        _ address: Int32,
        _ count: Int32,
        stride: Int,
        _ read: (UnsafeRawPointer) -> (Key, Value)
    ) -> [Key: Value] {
        var map: [Key: Value] = [:]
        for (key, value) in liftList(address, count, stride: stride, read) { map[key] = value }
        return map
    }

    /// Lifts from the place where address and length lie.
    static func liftMap<Key: Hashable, Value>(
        at place: UnsafeRawPointer,
        stride: Int,
        _ read: (UnsafeRawPointer) -> (Key, Value)
    ) -> [Key: Value] {
        let count = place.load(fromByteOffset: 4, as: Int32.self)
        return liftMap(place.load(as: Int32.self), count, stride: stride, read)
    }

    static func lowerMap<Key: Hashable, Value>(
        _ map: [Key: Value],
        stride: Int,
        _ arena: inout LoweringArena,
        _ write: (Key, Value, UnsafeMutableRawPointer, inout LoweringArena) -> Void
    ) -> (Int32, Int32) {
        lowerList(Array(map), stride: stride, &arena) { entry, place, arena in
            write(entry.key, entry.value, place, &arena)
        }
    }
}

extension ComponentFailure: Equatable where Payload: Equatable {}
extension ComponentFailure: Hashable where Payload: Hashable {}
