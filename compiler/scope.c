/* Scopes: tables, resolution of names, layout of locals and cells, qualified names. See scope.h. */
#include "compiler/scope_walk.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

bool ou_scope_fail(OuScopeWalk *w, OuPosition at, const char *format, ...) {
    va_list args;
    va_start(args, format);
    ou_source_error_at(w->err, w->source, at, format, args);
    va_end(args);
    w->failed = true;
    return false;
}

/* NULL with `failed` when memory is out. */
static void *alloc(OuScopeWalk *w, size_t count, size_t size) {
    void *result = ou_arena_array(w->arena, count, size);
    w->failed = w->failed || result == NULL;
    return result;
}

void ou_scope_push(OuScopeWalk *w, OuArenaVec *list, void *item) {
    w->failed = w->failed || !ou_arena_push(w->arena, list, item);
}

OuIdent *ou_scope_intern(OuScopeWalk *w, const char *text, size_t len) {
    OuIdent *result = ou_ident_intern(w->idents, text, len);
    w->failed = w->failed || result == NULL;
    return result;
}

OuScope *ou_scope_new(OuScopeWalk *w, OuScopeKind kind, OuIdent *name, uint32_t line) {
    OuScope *self = alloc(w, 1, sizeof *self);
    OuScope *parent = w->scope;
    if (self == NULL) { return NULL; }
    *self = (OuScope){.kind = kind,
                      .name = name,
                      .line = line,
                      .parent = parent,
                      .idents = w->idents,
                      .is_function_like = kind >= OU_SCOPE_FUNCTION,
                      .is_generator = kind == OU_SCOPE_GENEXPR};
    if (parent != NULL) {
        self->class_name = parent->class_name;
        self->comp_iter_exprs = parent->comp_iter_exprs;
        if (parent->last_child == NULL) {
            parent->first_child = self;
        } else {
            parent->last_child->next_sibling = self;
        }
        parent->last_child = self;
    }
    return self;
}

static OuSymbol **find_slot(OuSymbol **table, uint32_t size, const OuIdent *name) {
    uint32_t i = name->hash & (size - 1);
    while (table[i] != NULL && table[i]->name != name) { i = (i + 1) & (size - 1); }
    return &table[i];
}

static bool grow_table(OuScopeWalk *w, OuScope *scope) {
    uint32_t size = scope->table_size == 0 ? 8 : scope->table_size * 2;
    OuSymbol **table = alloc(w, size, sizeof(OuSymbol *));
    if (table == NULL) { return false; }
    for (uint32_t i = 0; i < scope->symbols.count; i++) {
        OuSymbol *symbol = scope->symbols.items[i];
        *find_slot(table, size, symbol->name) = symbol;
    }
    scope->table = table;
    scope->table_size = size;
    return true;
}

OuSymbol *ou_scope_symbol(OuScopeWalk *w, OuScope *scope, OuIdent *mangled) {
    if (scope->symbols.count * 4 >= scope->table_size * 3 && !grow_table(w, scope)) { return NULL; }
    OuSymbol **slot = find_slot(scope->table, scope->table_size, mangled);
    if (*slot == NULL) {
        OuSymbol *symbol = alloc(w, 1, sizeof *symbol);
        ou_scope_push(w, &scope->symbols, symbol);
        if (w->failed) { return NULL; }
        symbol->name = mangled;
        symbol->param_index = -1;
        *slot = symbol;
    }
    return *slot;
}

static OuSymbol *find_symbol(const OuScope *scope, const OuIdent *mangled) {
    return scope->table_size == 0 ? NULL : *find_slot(scope->table, scope->table_size, mangled);
}

static bool is_private(const OuIdent *name) {
    size_t n = name->len;
    return n > 2 && name->text[0] == '_' && name->text[1] == '_' &&
           !(name->text[n - 1] == '_' && name->text[n - 2] == '_') && strchr(name->text, '.') == NULL;
}

/* The class name as it stands in mangled names; NULL when `name` is not mangled in `scope`. */
static const char *mangling_class(const OuScope *scope, const OuIdent *name) {
    if (name == NULL || scope->class_name == NULL || !is_private(name)) { return NULL; }
    const char *class_text = scope->class_name->text + strspn(scope->class_name->text, "_");
    return *class_text != '\0' ? class_text : NULL;
}

OuIdent *ou_scope_mangle(const OuScope *self, OuIdent *name) {
    const char *class_text = mangling_class(self, name);
    if (class_text == NULL) { return name; }
    OuIdent *result = ou_ident_join(self->idents, "_", class_text, name->text);
    return result != NULL ? result : name;
}

OuIdent *ou_scope_mangle_in(OuScopeWalk *w, OuIdent *name) {
    OuIdent *result = ou_scope_mangle(w->scope, name);
    w->failed = w->failed || w->arena->failed;
    return result;
}

/* Outer scopes first. */
static void each_scope(OuScopeWalk *w, OuScope *scope, void (*visit)(OuScopeWalk *w, OuScope *scope)) {
    if (!w->failed) { visit(w, scope); }
    for (OuScope *child = scope->first_child; child != NULL; child = child->next_sibling) {
        each_scope(w, child, visit);
    }
}

/* The scope above `scope` whose cell holds `name`, or NULL when it is global. */
static OuScope *find_owner(OuScopeWalk *w, OuScope *scope, const OuIdent *name) {
    for (OuScope *up = scope->parent; up != NULL && up->kind != OU_SCOPE_MODULE; up = up->parent) {
        if (up->kind == OU_SCOPE_CLASS) {
            if (name == w->id_class) { return up; }
            continue;
        }
        const OuSymbol *symbol = find_symbol(up, name);
        if (symbol == NULL || (symbol->flags & OU_DEF_NONLOCAL)) { continue; }
        if (symbol->flags & OU_DEF_GLOBAL) { return NULL; }
        if (symbol->flags & OU_DEF_BOUND) { return up; }
    }
    return NULL;
}

/* `name` is free in `scope` and lives in `owner`: every scope between hands it down. */
static void hand_down(OuScopeWalk *w, OuScope *scope, OuScope *owner, OuIdent *name) {
    for (OuScope *at = scope->parent; at != owner; at = at->parent) {
        OuSymbol *symbol = ou_scope_symbol(w, at, name);
        if (symbol == NULL) { return; }
        if (at->kind == OU_SCOPE_CLASS && (symbol->flags & (OU_DEF_BOUND | OU_DEF_GLOBAL))) {
            symbol->is_passed_on = true;
        } else {
            symbol->kind = OU_SYMBOL_FREE;
        }
    }
    OuSymbol *symbol = ou_scope_symbol(w, owner, name);
    if (symbol == NULL) { return; }
    if (owner->kind == OU_SCOPE_CLASS) {
        owner->needs_class_cell = true;
    } else {
        symbol->kind = OU_SYMBOL_CELL;
    }
}

static void resolve_symbol(OuScopeWalk *w, OuScope *scope, OuSymbol *symbol) {
    if (symbol->flags & OU_DEF_GLOBAL) {
        if (symbol->flags & OU_DEF_NONLOCAL) {
            ou_scope_fail(w, symbol->at, "name '%s' is nonlocal and global", symbol->name->text);
        }
        symbol->kind = scope->kind == OU_SCOPE_MODULE ? OU_SYMBOL_NAME : OU_SYMBOL_GLOBAL_EXPLICIT;
        return;
    }
    if (scope->kind == OU_SCOPE_MODULE) {
        if (symbol->flags & OU_DEF_NONLOCAL) {
            ou_scope_fail(w, symbol->at, "nonlocal declaration not allowed at module level");
        }
        symbol->kind = OU_SYMBOL_NAME;
        return;
    }
    if ((symbol->flags & OU_DEF_BOUND) && !(symbol->flags & OU_DEF_NONLOCAL)) {
        if (symbol->kind != OU_SYMBOL_CELL) {
            symbol->kind = scope->kind == OU_SCOPE_CLASS ? OU_SYMBOL_NAME : OU_SYMBOL_LOCAL;
        }
        return;
    }
    OuScope *owner = find_owner(w, scope, symbol->name);
    if (owner != NULL) {
        symbol->kind = OU_SYMBOL_FREE;
        hand_down(w, scope, owner, symbol->name);
    } else if (symbol->flags & OU_DEF_NONLOCAL) {
        ou_scope_fail(w, symbol->at, "no binding for nonlocal '%s' found", symbol->name->text);
    } else if (symbol->kind != OU_SYMBOL_FREE) {
        symbol->kind = scope->kind == OU_SCOPE_CLASS ? OU_SYMBOL_NAME : OU_SYMBOL_GLOBAL_IMPLICIT;
    }
}

static void resolve_scope(OuScopeWalk *w, OuScope *scope) {
    /* a symbol added by hand_down() is resolved already */
    uint32_t count = scope->symbols.count;
    for (uint32_t i = 0; i < count && !w->failed; i++) {
        OuSymbol *symbol = scope->symbols.items[i];
        if (symbol->flags != 0) { resolve_symbol(w, scope, symbol); }
    }
}

/* As in co_cellvars: captured parameters in their order, then the others by name. */
static int compare_symbols(const void *a, const void *b) {
    const OuSymbol *left = *(OuSymbol *const *)a;
    const OuSymbol *right = *(OuSymbol *const *)b;
    uint32_t left_param = (uint32_t)left->param_index,
             right_param = (uint32_t)right->param_index; /* none: the highest */
    if (left_param != right_param) { return left_param < right_param ? -1 : 1; }
    return strcmp(left->name->text, right->name->text);
}

static bool is_cell(OuScopeWalk *w, const OuScope *scope, const OuSymbol *symbol) {
    return (symbol->kind == OU_SYMBOL_CELL && symbol->flags != 0) ||
           (scope->kind == OU_SCOPE_CLASS && scope->needs_class_cell && symbol->name == w->id_class);
}

static void collect(OuScopeWalk *w, OuScope *scope, bool cells, OuIdentSeq *out) {
    uint32_t count = 0;
    OuSymbol **found = alloc(w, scope->symbols.count, sizeof(OuSymbol *));
    out->items = alloc(w, scope->symbols.count, sizeof *out->items);
    if (w->failed) { return; }
    for (uint32_t i = 0; i < scope->symbols.count; i++) {
        OuSymbol *symbol = scope->symbols.items[i];
        bool cell = is_cell(w, scope, symbol);
        if (cells ? cell : !cell && (symbol->kind == OU_SYMBOL_FREE || symbol->is_passed_on)) {
            found[count++] = symbol;
        }
    }
    out->count = count;
    if (count > 1) { qsort(found, count, sizeof(OuSymbol *), compare_symbols); }
    for (uint32_t i = 0; i < count; i++) {
        OuSymbol *symbol = found[i];
        out->items[i] = symbol->name;
        if (symbol->kind == (cells ? OU_SYMBOL_CELL : OU_SYMBOL_FREE)) { symbol->index = i; }
    }
}

static void lay_out_cells(OuScopeWalk *w, OuScope *scope) {
    if (scope->kind != OU_SCOPE_MODULE) {
        collect(w, scope, true, &scope->cellvars);
        collect(w, scope, false, &scope->freevars);
    }
}

static void lay_out_locals(OuScopeWalk *w, OuScope *scope) {
    scope->varnames = (OuIdentSeq){scope->pending_varnames.count, (void *)scope->pending_varnames.items};
    scope->self_attrs = (OuIdentSeq){scope->pending_self_attrs.count, (void *)scope->pending_self_attrs.items};
    for (uint32_t i = 0; i < scope->varnames.count && !w->failed; i++) {
        OuSymbol *symbol = find_symbol(scope, scope->varnames.items[i]);
        if (symbol->kind == OU_SYMBOL_LOCAL) { symbol->index = i; }
    }
}

/* A function or class that its surroundings declare global is named as if it stood at the top. */
static bool is_declared_global(const OuScope *scope) {
    const OuSymbol *symbol = scope->kind == OU_SCOPE_FUNCTION || scope->kind == OU_SCOPE_CLASS
                                 ? ou_scope_lookup(scope->parent, scope->name)
                                 : NULL;
    return symbol != NULL && symbol->kind == OU_SYMBOL_GLOBAL_EXPLICIT;
}

static void name_scope(OuScopeWalk *w, OuScope *scope) {
    const OuScope *parent = scope->parent;
    scope->qualname = scope->name;
    if (parent != NULL && parent->kind != OU_SCOPE_MODULE && !is_declared_global(scope)) {
        bool in_function = parent->kind == OU_SCOPE_FUNCTION || parent->kind == OU_SCOPE_LAMBDA;
        const char *middle = in_function ? ".<locals>." : ".";
        scope->qualname = ou_ident_join(w->idents, parent->qualname->text, middle, scope->name->text);
        w->failed = w->failed || scope->qualname == NULL;
    }
}

bool ou_scope_analyse(OuArena *arena, OuModule *module, const OuSource *source, OuScope **module_scope,
                      OuSyntaxError *err) {
    OuScopeWalk w = {.arena = arena, .idents = module->idents, .source = source, .err = err, .binding = true};
    memset(err, 0, sizeof *err);
    w.id_class = ou_ident_intern(w.idents, "__class__", 9);
    OuIdent *name = ou_ident_intern(w.idents, "<module>", 8);
    if (!arena->failed) {
        module->scope = ou_scope_new(&w, OU_SCOPE_MODULE, name, 1);
        w.scope = module->scope;
    }
    w.failed = arena->failed || !ou_scope_walk_module(&w, module);
    if (!w.failed) { each_scope(&w, module->scope, resolve_scope); }
    if (!w.failed) { each_scope(&w, module->scope, lay_out_cells); }
    if (!w.failed) { each_scope(&w, module->scope, name_scope); }
    if (!w.failed) {
        w.binding = false;
        w.scope = module->scope;
        w.spine.count = 0;
        ou_scope_walk_module(&w, module);
    }
    if (!w.failed) { each_scope(&w, module->scope, lay_out_locals); }
    if (arena->failed) { ou_source_no_memory(err); }
    *module_scope = module->scope;
    return err->kind == OU_ERR_NONE && !w.failed;
}

const OuSymbol *ou_scope_lookup(const OuScope *self, const OuIdent *name) {
    const OuIdent *mangled = ou_scope_mangle(self, (OuIdent *)(uintptr_t)name);
    return find_symbol(self, mangled);
}

int32_t ou_scope_closure_index(const OuScope *self, const OuIdent *name) {
    const OuIdent *mangled = ou_scope_mangle(self, (OuIdent *)(uintptr_t)name);
    for (uint32_t i = 0; i < self->cellvars.count; i++) {
        if (self->cellvars.items[i] == mangled) { return (int32_t)i; }
    }
    for (uint32_t i = 0; i < self->freevars.count; i++) {
        if (self->freevars.items[i] == mangled) { return (int32_t)(self->cellvars.count + i); }
    }
    return -1;
}
