extension HostCall {
    /// The data of the store as the host that generated bindings call.
    ///
    /// - Parameter type: the host's type.
    /// - Returns: the host.
    /// - Throws: `WasmError.Code.hostError` where the store's data is of another type.
    public func host<Host: AnyObject>(as type: Host.Type) throws(WasmError) -> Host {
        guard let host = data as? Host else {
            throw WasmError(
                .hostError,
                "the data of the store is no \(type); give such an object to StoreConfiguration.data"
            )
        }
        return host
    }
}
