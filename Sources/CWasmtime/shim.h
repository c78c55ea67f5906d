#pragma once
#include <wasmtime.h>
