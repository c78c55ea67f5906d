#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

/// The memory that the process holds, as the system counts it.
package enum ResidentMemory {
    /// Bytes of the process that lie in memory; nil where the system does not say.
    package static var bytes: UInt64? {
        #if canImport(Darwin)
            var info = mach_task_basic_info()
            let size = MemoryLayout<mach_task_basic_info>.size / MemoryLayout<integer_t>.size
            var count = mach_msg_type_number_t(size)
            let status = withUnsafeMutablePointer(to: &info) { pointer in
                pointer.withMemoryRebound(to: integer_t.self, capacity: size) {
                    task_info(mach_task_self_, task_flavor_t(MACH_TASK_BASIC_INFO), $0, &count)
                }
            }
            return status == KERN_SUCCESS ? UInt64(info.resident_size) : nil
        #else
            let file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC)
            guard file >= 0 else { return nil }
            defer { close(file) }
            var text = [UInt8](repeating: 0, count: 256)
            let count = text.withUnsafeMutableBytes { read(file, $0.baseAddress, $0.count) }
            return bytes(statm: text.prefix(max(0, count)), pageSize: sysconf(Int32(_SC_PAGESIZE)))
        #endif
    }

    /// The second number of `/proc/self/statm`: the pages that are resident.
    static func bytes(statm: some Collection<UInt8>, pageSize: Int) -> UInt64? {
        let fields = statm.split(separator: UInt8(ascii: " "))
        guard fields.count > 1, pageSize > 0 else { return nil }
        return UInt64(String(decoding: fields[1], as: UTF8.self)).map { $0 * UInt64(pageSize) }
    }
}
