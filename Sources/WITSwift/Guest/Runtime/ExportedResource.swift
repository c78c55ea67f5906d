/// How objects of this component are known outside: by their address, which a handle there stands for and keeps alive.
enum ExportedResource {
    /// The address of an object, which is kept alive until `release`.
    @inline(__always)
    static func retained<Object: AnyObject>(_ object: Object) -> Int32 {
        CanonicalABI.flat(Unmanaged.passRetained(object).toOpaque())
    }

    /// The object at an address.
    @inline(__always)
    static func object<Object: AnyObject>(_ address: Int32) -> Object {
        Unmanaged<Object>.fromOpaque(CanonicalABI.pointer(address)).takeUnretainedValue()
    }

    /// Ends what `retained` began: a handle of the object was dropped.
    @inline(__always)
    static func release<Object: AnyObject>(_ address: Int32, as type: Object.Type) {
        Unmanaged<Object>.fromOpaque(CanonicalABI.pointer(address)).release()
    }
}
