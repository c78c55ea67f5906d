#!/usr/bin/env python3
"""Writes, checks and varies the C header of the libwasmtime that a `wasmtime` wheel carries.

The wheel declares its library's whole C API as Python ctypes: `wasmtime/_bindings.py` has every struct, union,
typedef and function, `wasmtime/_ffi.py` the constants. The header is written from the text of those declarations; the
checks are written from the live ctypes objects, so that the two derivations hold each other. Needs only Python 3.
"""

import argparse
import ast
import hashlib
import pathlib
import re
import sys

SCALARS = {
    "c_bool": "bool", "c_char": "char", "c_float": "float", "c_double": "double",
    "c_byte": "int8_t", "c_ubyte": "uint8_t", "c_int8": "int8_t", "c_uint8": "uint8_t",
    "c_int16": "int16_t", "c_uint16": "uint16_t", "c_int32": "int32_t", "c_uint32": "uint32_t",
    "c_int64": "int64_t", "c_uint64": "uint64_t", "c_size_t": "size_t", "c_ssize_t": "ssize_t",
    "c_int": "int", "c_uint": "unsigned", "c_long": "long", "c_ulong": "unsigned long",
    "c_void_p": "void *", "c_char_p": "const char *",
}
# The same by the type codes that live ctypes objects carry.
SCALAR_CODES = {
    "?": "bool", "c": "char", "f": "float", "d": "double", "b": "int8_t", "B": "uint8_t", "h": "int16_t",
    "H": "uint16_t", "i": "int", "I": "unsigned", "l": "long", "L": "unsigned long", "q": "long long",
    "Q": "unsigned long long", "P": "void *", "z": "const char *",
}
C_KEYWORDS = {"auto", "const", "default", "enum", "extern", "register", "signed", "static", "struct", "typedef",
              "union", "unsigned", "void", "volatile", "inline", "restrict"}
PROLOGUE = "#pragma once\n#include <stdbool.h>\n#include <stddef.h>\n#include <stdint.h>\n#include <sys/types.h>\n"


class Function:
    """One function of the library: its result, its parameters' types and their names."""

    def __init__(self):
        self.result, self.parameters, self.names = None, [], []


class Declarations:
    """What the wheel's two files declare, by name and in their order."""

    def __init__(self, package):
        self.constants, self.aliases, self.records, self.functions = {}, {}, {}, {}
        ffi = ast.parse((package / "_ffi.py").read_text()).body
        for node in ffi:
            self.read_constant(node)
        # Besides the constants, _ffi.py declares the two types that _bindings.py imports from it.
        types = [node for node in ffi if isinstance(node, ast.ClassDef)]
        for node in types + ast.parse((package / "_bindings.py").read_text()).body:
            self.read(node)

    def read_constant(self, node):
        if not (isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)):
            return
        target = node.targets[0]
        # WASM_* are enumerators in C, and their type differs: only the macros are constants of the C API.
        if isinstance(target, ast.Name) and target.id.startswith("WASMTIME_"):
            self.constants[target.id] = ast.literal_eval(node.value.args[0])

    def read(self, node):
        if isinstance(node, ast.ClassDef):
            base = last_name(node.bases[0])
            if base in ("Structure", "Union"):
                self.records[node.name] = ["struct" if base == "Structure" else "union", None]
                for statement in node.body:
                    if isinstance(statement, ast.Assign) and statement.targets[0].id == "_fields_":
                        self.records[node.name][1] = read_fields(statement.value)
            elif base != "Enum":
                raise SystemExit(f"wasmtime-header: {node.name} is neither struct, union nor enum")
        elif isinstance(node, ast.FunctionDef) and node.name in self.functions:
            self.functions[node.name].names = [argument.arg for argument in node.args.args]
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Attribute):
            owner, attribute = node.targets[0].value.id, node.targets[0].attr
            if attribute == "_fields_":
                self.records[owner][1] = read_fields(node.value)
            elif attribute == "restype":
                self.functions.setdefault(owner[1:], Function()).result = node.value
            elif attribute == "argtypes":
                self.functions.setdefault(owner[1:], Function()).parameters = node.value.elts
        elif isinstance(node, ast.Assign) and not is_library_symbol(node.value):
            self.aliases[node.targets[0].id] = node.value

    def opaque(self, name):
        return name in self.records and self.records[name][1] is None


def last_name(node):
    return node.attr if isinstance(node, ast.Attribute) else node.id


def is_library_symbol(node):
    return isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == "dll"


def read_fields(node):
    return [(pair.elts[0].value, pair.elts[1]) for pair in node.elts]


def declare(node, name=""):
    """The C declaration of `name` with the type that the ctypes expression `node` names."""
    if isinstance(node, ast.Constant) and node.value is None:
        return f"void {name}".rstrip()
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        return declare(node.left, f"{name}[{node.right.value}]")
    if isinstance(node, ast.Call) and last_name(node.func) == "POINTER":
        return declare(node.args[0], f"*{name}")
    if isinstance(node, ast.Call) and last_name(node.func) == "CFUNCTYPE":
        parameters = ", ".join(declare(parameter) for parameter in node.args[1:])
        return declare(node.args[0], f"(*{name})({parameters or 'void'})")
    if isinstance(node, (ast.Name, ast.Attribute)):
        kind = SCALARS.get(last_name(node), last_name(node))
        return f"{kind}{name}" if kind.endswith("*") else f"{kind} {name}".rstrip()
    raise SystemExit("wasmtime-header: no C for " + ast.unparse(node))


def needed_before(node, by_value=True):
    """The names that C must have seen before this type: typedefs always, structs only where held by value."""
    if isinstance(node, ast.Name):
        yield node.id, by_value
    elif isinstance(node, ast.BinOp):
        yield from needed_before(node.left, by_value)
    elif isinstance(node, ast.Call):
        for argument in node.args:
            yield from needed_before(argument, False)


def parameter_list(function):
    names = function.names if len(function.names) == len(function.parameters) else []
    names = [name + "_" if name in C_KEYWORDS else name for name in names] or [""] * len(function.parameters)
    return ", ".join(declare(node, name) for node, name in zip(function.parameters, names)) or "void"


def write_header(package, library, version):
    declarations = Declarations(package)
    lines, done = [], set()

    def define(name):
        if name in done:
            return
        done.add(name)
        if name in declarations.aliases:
            for dependency, by_value in needed_before(declarations.aliases[name]):
                if dependency in declarations.aliases or (by_value and not is_name(declarations.aliases[name])):
                    define(dependency)
            lines.append(f"typedef {declare(declarations.aliases[name], name)};")
        elif name in declarations.records and not declarations.opaque(name):
            kind, fields = declarations.records[name]
            for _, node in fields:
                for dependency, by_value in needed_before(node):
                    if by_value or dependency in declarations.aliases:
                        define(dependency)
                        define_target(dependency, by_value)
            members = "".join(f"  {declare(node, field)};\n" for field, node in fields)
            lines.append(f"{kind} {name} {{\n{members}}};")

    def define_target(name, by_value):
        # A typedef of a struct may precede the struct, but not where a field holds it by value.
        while by_value and name in declarations.aliases and is_name(declarations.aliases[name]):
            name = declarations.aliases[name].id
            define(name)

    def is_name(node):
        return isinstance(node, ast.Name)

    for name in [*declarations.aliases, *declarations.records]:
        define(name)
    major, minor, patch = version.split(".")
    print(f"// The C API of libwasmtime {version}, written from the declarations of its own wheel by")
    print("// Scripts/wasmtime-header.py of swift-wasm-actors. Do not edit.")
    print("// Library SHA-256: " + hashlib.sha256(library.read_bytes()).hexdigest())
    print(PROLOGUE)
    print(f'#define WASMTIME_VERSION "{version}"')
    print(f"#define WASMTIME_VERSION_MAJOR {major}")
    print(f"#define WASMTIME_VERSION_MINOR {minor}")
    print(f"#define WASMTIME_VERSION_PATCH {patch}\n")
    for name, value in declarations.constants.items():
        print(f"#define {name} {value}")
    print('\n#ifdef __cplusplus\nextern "C" {\n#endif\n')
    for name, (kind, _) in declarations.records.items():
        print(f"typedef {kind} {name} {name};")
    print("\n".join(lines))
    for name, function in declarations.functions.items():
        print(f"{declare(function.result, f'{name}({parameter_list(function)})')};")
    print("\n#ifdef __cplusplus\n}\n#endif")


def live_type(kind):
    """The C spelling of a live ctypes type."""
    import ctypes
    import _ctypes

    if kind is None:
        return "void"
    if issubclass(kind, ctypes.Array):
        return f"__typeof__({live_type(kind._type_)}[{kind._length_}])"
    if issubclass(kind, _ctypes._Pointer):
        return f"__typeof__({live_type(kind._type_)}) *"
    if issubclass(kind, _ctypes.CFuncPtr):
        parameters = ", ".join(live_type(parameter) for parameter in kind._argtypes_)
        return f"__typeof__({live_type(kind._restype_)} (*)({parameters or 'void'}))"
    if issubclass(kind, (ctypes.Structure, ctypes.Union)):
        return kind.__name__
    return SCALAR_CODES[kind._type_]


def write_checks(package):
    """C that compiles only against a header whose every size, offset, field type and signature is the wheel's."""
    import ctypes

    sys.path.insert(0, str(package.parent))
    # Loading it looks every function up in the library, so that a declared function that is missing fails here.
    import wasmtime._bindings
    import wasmtime._ffi

    declarations = Declarations(package)
    records = aliases = functions = 0
    print("#include <wasmtime.h>")
    print("#define SAME(a, b, what) _Static_assert(__builtin_types_compatible_p(a, b), what)")
    for name, value in sorted({**vars(wasmtime._ffi), **vars(wasmtime._bindings)}.items()):
        if isinstance(value, type) and issubclass(value, (ctypes.Structure, ctypes.Union)):
            if value.__name__ != name:
                aliases += 1
                print(f'SAME({name}, {value.__name__}, "typedef {name}");')
                continue
            if not hasattr(value, "_fields_"):
                continue
            records += 1
            print(f'_Static_assert(sizeof({name}) == {ctypes.sizeof(value)}, "size of {name}");')
            print(f'_Static_assert(_Alignof({name}) == {ctypes.alignment(value)}, "alignment of {name}");')
            for field, kind in value._fields_:
                offset = getattr(value, field).offset
                print(f'_Static_assert(__builtin_offsetof({name}, {field}) == {offset}, "offset of {name}.{field}");')
                print(f'SAME(__typeof__((({name} *)0)->{field}), {live_type(kind)}, "type of {name}.{field}");')
        elif isinstance(value, type) and name in declarations.aliases:
            aliases += 1
            print(f'SAME({name}, {live_type(value)}, "typedef {name}");')
        elif name[1:] in declarations.functions:
            functions += 1
            parameters = ", ".join(live_type(parameter) for parameter in value.argtypes)
            signature = f"__typeof__({live_type(value.restype)} (*)({parameters or 'void'}))"
            print(f'SAME(__typeof__(&{name[1:]}), {signature}, "signature of {name[1:]}");')
    declared = sum(not declarations.opaque(name) for name in declarations.records)
    if (records, aliases, functions) != (declared, len(declarations.aliases), len(declarations.functions)):
        raise SystemExit("wasmtime-header: the wheel's text and its live declarations differ in number")
    print(f"{records} structs and unions, {aliases} typedefs, {functions} functions", file=sys.stderr)


def write_variant(header):
    """The header as the library's own C sources spell it: the wheel's declarations have the same layout and calls,
    but lost `const`, the sign of bytes and what pointer a callback returns."""
    text = header.read_text()
    if "// Library SHA-256: " not in text:
        raise SystemExit(f"wasmtime-header: {header} was not written by this program")
    complete = set(re.findall(r"^(?:struct|union) (\w+) \{", text, re.M)) | set(SCALARS.values()) | {"wasm_byte_t"}
    for alias, target in re.findall(r"^typedef (\w+) (\w+);", text, re.M):
        complete |= {target} if alias in complete else set()

    # What a function fills in or takes over stays writable.
    written = re.compile(r"(?:^|_)(?:out|ret|results?|size|len|fuel|message|binary|dst)(?:_|$)")

    def parameter(declaration):
        match = re.fullmatch(r"(\w+) \*+(\w+)", declaration)
        constant = match and match[1] in complete and not written.search(match[2])
        return "const " + declaration if constant else declaration

    def function(match):
        result, name, parameters = match.groups()
        # Parameters that are functions themselves hold the only inner parentheses.
        parts = re.split(r", (?![^(]*\))", parameters)
        first = re.fullmatch(r"(\w+) \*", result)
        if first and first[1] in complete and not name.endswith("_new"):
            result = "const " + result
        if re.search(r"_(delete|free)$", name):
            return match[0]
        # The first parameter of these is the place that they fill.
        kept = 1 if re.search(r"_(new|new_empty|new_uninitialized|copy)$", name) and result == "void " else 0
        return f"{result}{name}({', '.join(parts[:kept] + [parameter(part) for part in parts[kept:]])});"

    text = re.sub(r"^(\w[\w ]*? \*?)(\w+)\((.*)\);$", function, text, flags=re.M)
    text = text.replace("typedef uint8_t wasm_byte_t;", "typedef char wasm_byte_t;")
    text = re.sub(r"^typedef size_t \(\*(wasmtime_component_\w*callback_t)\)", r"typedef wasmtime_error_t *(*\1)", text,
                  flags=re.M)
    print(text, end="")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    header = commands.add_parser("header", help="print the header that belongs to the wheel's library")
    header.add_argument("package", type=pathlib.Path, help="the unpacked wheel's folder `wasmtime`")
    header.add_argument("--library", type=pathlib.Path, required=True, help="the library, whose hash is recorded")
    header.add_argument("--version", required=True, help="the library's version, such as 50.0.1")
    checks = commands.add_parser("checks", help="print C that compiles only against a header that is right")
    checks.add_argument("package", type=pathlib.Path, help="the unpacked wheel's folder `wasmtime`")
    variant = commands.add_parser("variant", help="print the header in the spelling of the library's C sources")
    variant.add_argument("header", type=pathlib.Path, help="a header that this program wrote")
    arguments = parser.parse_args()
    if arguments.command == "variant":
        write_variant(arguments.header)
    elif arguments.command == "header":
        write_header(arguments.package, arguments.library, arguments.version)
    else:
        write_checks(arguments.package)


if __name__ == "__main__":
    main()
