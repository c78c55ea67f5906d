import CWasmtime

extension EngineConfiguration {
    /// Makes libwasmtime's configuration of these settings, which `validate()` accepted.
    ///
    /// Everything that is not an option is set to the strict set here; see `FeatureSet`.
    func makeCConfiguration() -> OpaquePointer? {
        guard let config = unsafe wasm_config_new() else { return nil }
        unsafe setCoreFeatures(config)
        unsafe setComponentFeatures(config)
        unsafe wasmtime_config_consume_fuel_set(config, consumeFuel)
        unsafe wasmtime_config_epoch_interruption_set(config, epochInterruption)
        unsafe wasmtime_config_max_wasm_stack_set(config, maxWasmStack)
        unsafe wasmtime_config_async_stack_size_set(config, asyncStackSize)
        unsafe wasmtime_config_memory_reservation_set(config, UInt64(memoryReservation))
        unsafe wasmtime_config_memory_guard_size_set(config, UInt64(memoryGuardSize))
        unsafe wasmtime_config_signals_based_traps_set(config, signalsBasedTraps)
        unsafe wasmtime_config_cranelift_nan_canonicalization_set(config, canonicalizesNaN)
        unsafe wasmtime_config_cranelift_opt_level_set(config, CConstants.optimizationLevel(optimization))
        unsafe wasmtime_config_parallel_compilation_set(config, parallelCompilation)
        unsafe wasmtime_config_native_unwind_info_set(config, true)
        if let pooling {
            unsafe setPooling(pooling, config)
        }
        return unsafe config
    }

    private func setCoreFeatures(_ config: OpaquePointer) {
        let usesObjects = features.contains(.garbageCollection)
        unsafe wasmtime_config_wasm_threads_set(config, features.contains(.threads))
        unsafe wasmtime_config_shared_memory_set(config, false)
        unsafe wasmtime_config_wasm_gc_set(config, usesObjects)
        unsafe wasmtime_config_wasm_function_references_set(config, usesObjects)
        unsafe wasmtime_config_wasm_exceptions_set(config, features.contains(.exceptions))
        // Exceptions are objects too.
        unsafe wasmtime_config_gc_support_set(config, usesObjects || features.contains(.exceptions))
        unsafe wasmtime_config_wasm_stack_switching_set(config, false)
        unsafe wasmtime_config_wasm_memory64_set(config, features.contains(.memory64))
        unsafe wasmtime_config_wasm_relaxed_simd_set(config, features.contains(.relaxedSIMD))
        unsafe wasmtime_config_wasm_relaxed_simd_deterministic_set(config, true)
        unsafe wasmtime_config_wasm_custom_page_sizes_set(config, features.contains(.customPageSizes))
        unsafe wasmtime_config_wasm_wide_arithmetic_set(config, features.contains(.wideArithmetic))
    }

    private func setComponentFeatures(_ config: OpaquePointer) {
        unsafe wasmtime_config_concurrency_support_set(config, concurrencySupport)
        unsafe wasmtime_config_wasm_component_model_async_set(config, features.contains(.componentAsync))
        unsafe wasmtime_config_wasm_component_model_more_async_builtins_set(
            config,
            features.contains(.moreAsyncBuiltins)
        )
        unsafe wasmtime_config_wasm_component_model_async_stackful_set(config, features.contains(.asyncStackful))
        unsafe wasmtime_config_wasm_component_model_map_set(config, features.contains(.maps))
        unsafe wasmtime_config_wasm_component_model_implements_set(config, features.contains(.implements))
    }

    private func setPooling(_ pooling: PoolingConfiguration, _ config: OpaquePointer) {
        guard let pool = unsafe wasmtime_pooling_allocation_config_new() else { return }
        let instances = UInt32(pooling.instances)
        unsafe wasmtime_pooling_allocation_config_total_component_instances_set(pool, instances)
        unsafe wasmtime_pooling_allocation_config_max_core_instances_per_component_set(
            pool,
            UInt32(pooling.coreInstancesPerInstance)
        )
        unsafe wasmtime_pooling_allocation_config_max_memories_per_component_set(
            pool,
            UInt32(pooling.memoriesPerInstance)
        )
        unsafe wasmtime_pooling_allocation_config_max_tables_per_component_set(pool, UInt32(pooling.tablesPerInstance))
        unsafe wasmtime_pooling_allocation_config_total_core_instances_set(
            pool,
            instances * UInt32(pooling.coreInstancesPerInstance)
        )
        unsafe wasmtime_pooling_allocation_config_total_memories_set(
            pool,
            instances * UInt32(pooling.memoriesPerInstance + heapsPerInstance)
        )
        unsafe wasmtime_pooling_allocation_config_total_tables_set(pool, instances * UInt32(pooling.tablesPerInstance))
        unsafe wasmtime_pooling_allocation_config_total_stacks_set(pool, instances)
        unsafe wasmtime_pooling_allocation_config_total_gc_heaps_set(pool, instances * UInt32(heapsPerInstance))
        unsafe wasmtime_pooling_allocation_config_max_memory_size_set(pool, pooling.maximumMemorySize)
        unsafe wasmtime_pooling_allocation_config_table_elements_set(pool, pooling.tableElements)
        unsafe wasmtime_pooling_allocation_strategy_set(config, pool)
        unsafe wasmtime_pooling_allocation_config_delete(pool)
    }
}
