/* Modules and import: built-in ones, then files and packages along sys.path. */
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "vm/objects/help.h"
#include "vm/lib/lib.h"

static OuModuleObject *module_of(OuValue value) { return (OuModuleObject *)(uintptr_t)value; }
static OuDict *names_of(OuValue module) { return ou_as_dict(module_of(module)->dict); }
/* A name of a module, borrowed; OU_NOTHING also when it is no module. */
static OuValue peek(OuVM *vm, OuValue module, OuNameIndex name) {
    return ou_is_kind(module, OU_KIND_MODULE) ? ou_dict_peek_name(names_of(module), vm->names[name]) : OU_NOTHING;
}

OuValue ou_module_new(OuVM *vm, OuStr *name) {
    OuModuleObject *self = ou_new_cell(vm, OU_KIND_MODULE, sizeof *self);
    OuDict *dict = self != NULL ? ou_dict_new(vm, 8) : NULL;
    if (dict == NULL) { return ou_dropped(vm, ou_word(self)); }
    dict->cell.aux |= OU_DICT_NAMESPACE;
    ou_slot_init(&self->dict, ou_word(dict));
    static const OuNameIndex none[] = {OU_NAME_doc, OU_NAME_package, OU_NAME_loader, OU_NAME_spec};
    int status = ou_dict_set_name(vm, dict, vm->names[OU_NAME_name], ou_word(name));
    for (int i = 0; status == 0 && i < 4; i++) { status = ou_dict_set_name(vm, dict, vm->names[none[i]], OU_NONE); }
    return status == 0 ? ou_word(self) : ou_dropped(vm, ou_word(self));
}

/* __name__ as messages show it. */
static OuValue title_of(OuVM *vm, OuValue module) {
    OuValue name = peek(vm, module, OU_NAME_name);
    return name == OU_NOTHING ? OU_NONE : name;
}

static OU_UNARY(module_repr) {
    OuValue file = peek(vm, self, OU_NAME_file);
    return file != OU_NOTHING ? ou_format(vm, "<module %R from %R>", title_of(vm, self), file)
                              : ou_format(vm, "<module %R (built-in)>", title_of(vm, self));
}

static OuValue module_getattr(OuVM *vm, OuValue self, OuStr *name) {
    OuDict *dict = names_of(self);
    OuValue value = ou_dict_peek_name(dict, name);
    if (value != OU_NOTHING) { return ou_incref(value); }
    if (ou_type_lookup(vm, vm->types[OU_TYPE_MODULE], name) != OU_NOTHING) {
        return ou_getattr_generic(vm, self, name);
    }
    OuValue hook = ou_dict_peek_name(dict, vm->names[OU_NAME_getattr]);
    if (hook != OU_NOTHING) { return ou_call1(vm, hook, ou_word(name)); }
    int found = dict == vm->builtins ? ou_library_builtin(vm, name) : 0;
    if (found != 0) { return found < 0 ? OU_NOTHING : ou_incref(ou_dict_peek_name(dict, name)); }
    return ou_raise(vm, OU_EXC_AttributeError, "module %R has no attribute '%N'", title_of(vm, self), name);
}

static OU_MAKE(module_make) {
    if (nargs < 1 || kwnames != OU_NOTHING || !ou_is_str(args[0])) {
        return ou_raise_type_error(vm, "module() missing required argument 'name' (pos 1)");
    }
    return ou_module_new(vm, ou_as_str(args[0]));
}

OU_KIND_OF_FIELDS(ou_module_ops, "module", OuModuleObject, dict, 1, 1, "__dict__")
static const OuGetSetDef module_getsets[] = {OU_FIELD("__dict__", OuModuleObject, dict), OU_GETSET_END};
const OuNativeType ou_module_type = {.weakrefs = true,
                                     .final = true,
                                     .slots = {.repr = module_repr, .getattr = module_getattr, .make = module_make},
                                     .getsets = module_getsets};

/* --- built-in modules --------------------------------------------------------------------------------------------------------- */

OuValue ou_module_from_table(OuVM *vm, const OuNativeModule *table) {
    OuStr *name = ou_str_interned(vm, table->name);
    OuStr *front = ou_str_interned(vm, table->front != NULL ? table->front : table->name);
    OuValue module = name != NULL && front != NULL ? ou_module_new(vm, name) : OU_NOTHING;
    int status = module == OU_NOTHING ? -1 : 0;
    for (const OuNativeDef *def = table->functions; status == 0 && def != NULL && def->name != NULL; def++) {
        OuValue native = ou_native_new(vm, OU_KIND_NATIVE, def, OU_NOTHING, NULL);
        if (native != OU_NOTHING) { ou_slot_init(&ou_as_native(native)->module, ou_incref(ou_word(front))); }
        status = ou_dict_set_text(vm, names_of(module), def->name, native);
    }
    ou_drop(vm, ou_word(name));
    ou_drop(vm, ou_word(front));
    if (status == 0 && table->setup != NULL) { status = table->setup(vm, names_of(module)); }
    return status == 0 ? module : ou_dropped(vm, module);
}

/* --- files ------------------------------------------------------------------------------------------------------------------------ */

static bool is_kind_of_file(const char *path, mode_t kind) {
    struct stat info;
    return stat(path, &info) == 0 && (info.st_mode & S_IFMT) == kind;
}

/* Looks for `tail` (the last part of a dotted name) in one directory: 1 module, 2 package, 0 absent. */
static int find_in(const char *directory, const char *tail, char *path, size_t size) {
    const char *separator = *directory && directory[strlen(directory) - 1] != '/' ? "/" : "";
    for (int kind = 2; kind > 0; kind--) {
        const char *end = kind == 2 ? "/__init__.py" : ".py";
        if ((size_t)snprintf(path, size, "%s%s%s%s", directory, separator, tail, end) < size &&
            is_kind_of_file(path, S_IFREG)) {
            return kind;
        }
    }
    return 0;
}

static int find_along(OuVM *vm, OuValue list, const char *tail, char *path, size_t size) {
    for (uint32_t i = 0; ou_is_list(list) && i < ou_as_list(list)->length; i++) {
        char given[2048], directory[4096] = "";
        OuValue entry = ou_as_list(list)->items[i];
        if (!ou_is_str(entry) || !ou_str_copy_utf8(ou_as_str(entry), given, sizeof given) ||
            (given[0] != '/' && getcwd(directory, sizeof given) == NULL)) {
            continue;
        }
        if (given[0] != '/') { strcat(directory, "/"); }
        int found = find_in(strcat(directory, given), tail, path, size);
        if (found) { return found; }
    }
    return 0;
}

/* A frozen module, or without `text` the file, as source. */
typedef struct Found {
    char path[4096];
    const char *text;
    size_t length;
    bool package;
} Found;

static bool find_frozen(const char *name, bool builtin, Found *found) {
    found->text = ou_frozen_find(name, builtin, &found->length);
    found->package = false;
    snprintf(found->path, sizeof found->path, "<frozen %s>", name);
    return found->text != NULL;
}

/* __file__, __package__, and __path__ of a package. */
static int describe(OuVM *vm, OuDict *names, OuStr *name, const Found *source) {
    const char *path = source->path;
    if (source->text == NULL && ou_dict_set_text(vm, names, "__file__", ou_str_from_text(vm, path)) < 0) { return -1; }
    if (source->package) {
        OuValue directory = ou_str_from_utf8(vm, path, strlen(path) - strlen("/__init__.py"));
        OuValue list = directory != OU_NOTHING ? ou_list_from_take(vm, &directory, 1) : OU_NOTHING;
        return ou_dict_set_text(vm, names, "__path__", list) < 0
                   ? -1
                   : ou_dict_set_text(vm, names, "__package__", ou_incref(ou_word(name)));
    }
    uint32_t dot = name->length;
    while (dot > 0 && ou_str_at(name, dot - 1) != '.') { dot--; }
    return ou_dict_set_text(vm, names, "__package__", ou_str_substring(vm, name, 0, dot > 0 ? dot - 1 : 0));
}

/* Runs the source in a fresh module that is in sys.modules meanwhile. Owned module or raised. */
static OuValue load(OuVM *vm, OuStr *name, const Found *source) {
    OuValue *regs = ou_regs_hold_take(vm, ou_module_new(vm, name)), result = OU_NOTHING;
    if (regs == NULL) { return OU_NOTHING; }
    if (describe(vm, names_of(regs[0]), name, source) == 0 &&
        ou_dict_set(vm, vm->modules, ou_word(name), regs[0]) == 0) {
        if (ou_execute_source(vm, source->path, source->text, source->length, names_of(regs[0])) == 0) {
            /* The module may have put another object in its place. */
            OuValue final = ou_dict_peek(vm, vm->modules, ou_word(name));
            result = ou_incref(final != OU_NOTHING ? final : regs[0]);
            if (vm->verbose) { fprintf(stderr, "import '%.*s' # %s\n", (int)name->length, name->data, source->path); }
        } else {
            OuValue pending = ou_take_pending(vm), gone = OU_NOTHING;
            ou_dict_pop(vm, vm->modules, ou_word(name), &gone);
            ou_drop(vm, gone);
            ou_restore_pending_take(vm, pending);
        }
    }
    return ou_regs_result(vm, regs, result);
}

/* Imports one full name whose parent is loaded (its __path__ in `path_list`, OU_NOTHING for a top-level name). */
static OuValue import_one(OuVM *vm, OuStr *name, const char *tail, OuValue path_list, bool top, OuStr *parent) {
    OuValue loaded;
    Found found;
    int status = ou_dict_find(vm, vm->modules, ou_word(name), &loaded);
    if (status != 0) {
        if (status > 0 && loaded == OU_NONE) {
            ou_drop(vm, loaded);
            return ou_raise(vm, OU_EXC_ModuleNotFoundError, "import of %N halted; None in sys.modules", name);
        }
        return status > 0 ? loaded : OU_NOTHING;
    }
    if (top) {
        for (const OuNativeModule *const *table = ou_native_modules; *table != NULL; table++) {
            if (ou_str_equal_text(name, (*table)->name)) {
                OuValue module = ou_module_from_table(vm, *table);
                if (module != OU_NOTHING && ou_dict_set(vm, vm->modules, ou_word(name), module) < 0) {
                    return ou_dropped(vm, module);
                }
                return module;
            }
        }
        if (find_frozen(tail, true, &found)) { return load(vm, name, &found); }
        path_list = ou_dict_peek_name(vm->sys, vm->names[OU_NAME_P_path]);
    }
    int kind = find_along(vm, path_list, tail, found.path, sizeof found.path);
    found.text = NULL;
    found.package = kind == 2;
    if (kind == 0 && !(top && find_frozen(tail, false, &found))) {
        if (parent != NULL && path_list == OU_NOTHING) {
            ou_raise(vm, OU_EXC_ModuleNotFoundError, "No module named '%N'; '%N' is not a package", name, parent);
        } else {
            ou_raise(vm, OU_EXC_ModuleNotFoundError, "No module named '%N'", name);
        }
        ou_pending_about(vm, ou_word(name), OU_NOTHING);
        return OU_NOTHING;
    }
    return load(vm, name, &found);
}

/* Imports a dotted absolute name; returns the innermost module (owned), *first the outermost (owned). */
static OuValue import_dotted(OuVM *vm, OuStr *full, OuValue *first) {
    char text[1024];
    *first = OU_NOTHING;
    if (!ou_str_copy_utf8(full, text, sizeof text)) {
        return ou_raise(vm, OU_EXC_ModuleNotFoundError, "No module named '%N'", full);
    }
    OuValue *regs = ou_regs_open(vm, 3); /* module so far, first, its __path__ */
    if (regs == NULL) { return OU_NOTHING; }
    OuValue result = OU_NOTHING;
    size_t start = 0, length = strlen(text);
    OuStr *parent = NULL;
    for (;;) {
        size_t end = start + strcspn(text + start, ".");
        char tail[256];
        snprintf(tail, sizeof tail, "%.*s", (int)(end - start), text + start);
        OuValue prefix = ou_str_from_utf8(vm, text, end);
        OuStr *name = prefix != OU_NOTHING ? ou_str_intern_take(vm, ou_as_str(prefix)) : NULL;
        if (name == NULL) { goto done; }
        OuValue module = import_one(vm, name, tail, regs[2], start == 0, parent);
        ou_drop(vm, ou_word(parent));
        parent = name;
        if (module == OU_NOTHING) { goto done; }
        if (regs[0] != OU_NOTHING) {
            OuStr *attribute = ou_str_interned(vm, tail);
            int status = attribute == NULL ? -1 : ou_setattr(vm, regs[0], attribute, module);
            ou_drop(vm, ou_word(attribute));
            if (status < 0) {
                ou_drop(vm, module);
                goto done;
            }
        } else {
            regs[1] = ou_incref(module);
        }
        ou_reg_set(vm, &regs[0], module);
        ou_reg_set(vm, &regs[2], ou_incref(peek(vm, module, OU_NAME_path)));
        if (end >= length) { break; }
        start = end + 1;
    }
    result = ou_reg_take(&regs[0]);
    *first = ou_reg_take(&regs[1]);
done:
    ou_drop(vm, ou_word(parent));
    return ou_regs_result(vm, regs, result);
}

int ou_module_run_main(OuVM *vm, const char *text, OuDict *globals) {
    const char *dot = strrchr(text, '.'), *tail = dot != NULL ? dot + 1 : text, *missing = "";
    OuValue *regs = ou_regs_open(vm, 3); /* name, module that is imported on the way, the outermost one */
    if (regs == NULL) { return -1; }
    Found found = {.text = NULL};
    OuValue path = ou_dict_peek_name(vm->sys, vm->names[OU_NAME_P_path]);
    int kind = 0, status = -1;
    if (dot != NULL) {
        regs[0] = ou_str_from_utf8(vm, text, (size_t)(dot - text));
        if (regs[0] != OU_NOTHING) { regs[1] = import_dotted(vm, ou_as_str(regs[0]), &regs[2]); }
        if (regs[1] == OU_NOTHING) { return ou_regs_status(vm, regs, -1); }
        path = peek(vm, regs[1], OU_NAME_path);
    } else {
        kind = find_frozen(text, true, &found);
    }
    if (!kind) { kind = find_along(vm, path, tail, found.path, sizeof found.path); }
    if (!kind && dot == NULL) { kind = find_frozen(text, false, &found); }
    ou_reg_set(vm, &regs[0], ou_str_from_text(vm, text));
    if (kind == 2 && regs[0] != OU_NOTHING) { /* a package: its __main__ */
        OuValue first = OU_NOTHING;
        ou_reg_set(vm, &regs[1], import_dotted(vm, ou_as_str(regs[0]), &first));
        ou_drop(vm, first);
        if (regs[1] == OU_NOTHING) { return ou_regs_status(vm, regs, -1); }
        kind = find_along(vm, peek(vm, regs[1], OU_NAME_path), "__main__", found.path, sizeof found.path);
        missing = ".__main__";
        if (kind) { ou_reg_set(vm, &regs[0], ou_format(vm, "%s.__main__", text)); }
    }
    if (!kind && *missing) {
        fprintf(stderr, "ouro: No module named %s%s; '%s' is a package and cannot be directly executed\n", text,
                missing, text);
        status = -2;
    } else if (!kind) {
        fprintf(stderr, "ouro: No module named %s\n", text);
        status = -2;
    } else if (regs[0] != OU_NOTHING && describe(vm, globals, ou_as_str(regs[0]), &found) == 0) {
        OuValue argv = ou_dict_peek_name(vm->sys, vm->names[OU_NAME_P_argv]);
        OuValue shown = ou_str_from_text(vm, found.path);
        if (shown != OU_NOTHING && ou_is_list(argv) && ou_as_list(argv)->length > 0) {
            ou_slot_set(&vm->heap, &ou_as_list(argv)->items[0], ou_incref(shown));
        }
        ou_drop(vm, shown);
        if (shown != OU_NOTHING) { status = ou_execute_source(vm, found.path, found.text, found.length, globals); }
    }
    return ou_regs_status(vm, regs, status);
}

/* The absolute name that a relative import means. Owned. */
static OuValue resolve(OuVM *vm, OuStr *name, int level, OuDict *globals) {
    OuValue package = ou_dict_peek_name(globals, vm->names[OU_NAME_package]);
    if (!ou_is_str(package) || ou_as_str(package)->length == 0) {
        return ou_raise(vm, OU_EXC_ImportError, "attempted relative import with no known parent package");
    }
    uint32_t end = ou_as_str(package)->length;
    for (int i = 1; i < level; i++) {
        while (end > 0 && ou_str_at(ou_as_str(package), end - 1) != '.') { end--; }
        if (end == 0) { return ou_raise(vm, OU_EXC_ImportError, "attempted relative import beyond top-level package"); }
        end--;
    }
    OuValue base = ou_str_substring(vm, ou_as_str(package), 0, end);
    if (base == OU_NOTHING || name->length == 0) { return base; }
    OuValue full = ou_format(vm, "%S.%N", base, name);
    ou_drop(vm, base);
    return full;
}

OuValue ou_module_import(OuVM *vm, OuStr *name, int level, OuDict *globals, OuValue names) {
    OuValue full = level > 0 ? resolve(vm, name, level, globals) : ou_incref(ou_word(name));
    if (full == OU_NOTHING) { return OU_NOTHING; }
    OuValue first;
    OuValue module = import_dotted(vm, ou_as_str(full), &first);
    ou_drop(vm, full);
    if (module == OU_NOTHING || names == OU_NONE) {
        ou_drop(vm, module);
        return first;
    }
    ou_drop(vm, first);
    /* from package import x: x may be a module of the package that is not loaded yet. */
    OuValue path = peek(vm, module, OU_NAME_path), title = peek(vm, module, OU_NAME_name);
    for (size_t i = 0;
         path != OU_NOTHING && ou_is_str(title) && ou_is_tuple(names) && i < ou_tuple_length(ou_as_tuple(names)); i++) {
        OuStr *wanted = ou_as_str(ou_as_tuple(names)->items[i]);
        char tail[256], file[4096];
        if (ou_dict_peek_name(names_of(module), wanted) != OU_NOTHING || !ou_str_copy_utf8(wanted, tail, sizeof tail) ||
            !find_along(vm, path, tail, file, sizeof file)) {
            continue;
        }
        OuValue inner_name = ou_format(vm, "%S.%N", title, wanted);
        OuValue outer = OU_NOTHING,
                inner = inner_name == OU_NOTHING ? OU_NOTHING : import_dotted(vm, ou_as_str(inner_name), &outer);
        ou_drop(vm, inner_name);
        ou_drop(vm, outer);
        ou_drop(vm, inner);
        if (inner == OU_NOTHING) { return ou_dropped(vm, module); }
    }
    return module;
}

OuValue ou_import_from(OuVM *vm, OuValue module, OuStr *name) {
    OuValue value;
    int found = ou_find_attr(vm, module, name, &value);
    if (found != 0) { return found > 0 ? value : OU_NOTHING; }
    OuValue title = title_of(vm, module), file = peek(vm, module, OU_NAME_file);
    ou_raise(vm, OU_EXC_ImportError, "cannot import name '%N' from '%S' (%S)", name, title,
             file == OU_NOTHING ? ou_word(vm->unknown_location) : file);
    ou_pending_about(vm, title, file);
    return OU_NOTHING;
}

int ou_import_star(OuVM *vm, OuValue module, OuDict *into) {
    OuValue args[] = {module, ou_word(into)};
    return ou_status_take(vm, ou_library_method_in(vm, "_functions", "import_star", args, 2));
}
