extension ComponentScope {
    /// Reads a canonical definition: a function, or, but for `canon lift`, a function of the core.
    mutating func readCanonical(_ reader: inout BinaryReader) throws(Unreadable) {
        let code = try reader.byte()
        guard code > 0 else {
            guard try reader.byte() == 0 else { throw Unreadable() }
            _ = try reader.number()
            try Self.skipOptions(&reader)
            _ = try reader.number()
            add(.function, .function)
            return
        }
        try Self.skipOperands(of: code, &reader)
        addCoreFunction()
    }

    private static func skipOperands(of code: UInt8, _ reader: inout BinaryReader) throws(Unreadable) {
        switch code {
        // task.cancel, backpressure.set, subtask.drop, error-context.drop, waitable-set.new, waitable-set.drop,
        // waitable.join, backpressure.inc, backpressure.dec.
        case 0x05, 0x08, 0x0D, 0x1E, 0x1F, 0x22, 0x23, 0x24, 0x25: break
        // lower
        case 0x01:
            guard try reader.byte() == 0 else { throw Unreadable() }
            _ = try reader.number()
            try skipOptions(&reader)
        // resource.new, resource.drop, resource.rep, resource.drop that is async; stream.new and the drops of its ends,
        // and those of a future.
        case 0x02, 0x03, 0x04, 0x07, 0x0E, 0x13, 0x14, 0x15, 0x1A, 0x1B: _ = try reader.number()
        // subtask.cancel, thread.yield
        case 0x06, 0x0C: try reader.skip(1)
        // task.return
        case 0x09:
            try skipResult(&reader)
            try skipOptions(&reader)
        // context.get, context.set
        case 0x0A, 0x0B:
            try reader.skip(1)
            _ = try reader.number()
        // stream.read, stream.write, future.read, future.write
        case 0x0F, 0x10, 0x16, 0x17:
            _ = try reader.number()
            try skipOptions(&reader)
        // The cancellations of those.
        case 0x11, 0x12, 0x18, 0x19:
            _ = try reader.number()
            try reader.skip(1)
        // error-context.new, error-context.debug-message
        case 0x1C, 0x1D: try skipOptions(&reader)
        // waitable-set.wait, waitable-set.poll
        case 0x20, 0x21:
            try reader.skip(1)
            _ = try reader.number()
        default: throw Unreadable()
        }
    }

    private static func skipOptions(_ reader: inout BinaryReader) throws(Unreadable) {
        try reader.vector { (reader) throws(Unreadable) in
            switch try reader.byte() {
            // The encodings and async.
            case 0x00, 0x01, 0x02, 0x06: break
            // memory, realloc, post-return, callback.
            case 0x03, 0x04, 0x05, 0x07: _ = try reader.number()
            default: throw Unreadable()
            }
        }
    }
}
