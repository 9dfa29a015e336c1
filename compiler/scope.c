/* Scopes: tables, the walk over the tree, resolution of names, layout of locals and cells, qualified names. See scope.h.
 *
 * The same walk runs twice, in the order in which CPython's compiler emits code. The first, `binding`, makes the
 * scopes and notes uses and bindings; after names are resolved, the second puts locals into varnames at their first use
 * and checks what CPython's compiler checks.
 *
 * Order matters twice: varnames follow it, and of several errors the first one is reported. It is CPython's order of
 * code generation: values before targets, `else` before handlers, the body of a `finally` at every jump out of its
 * `try` as well as at its end. Depth: left-deep chains and elif are walked in loops; everything else is as deep as the
 * parser allowed. */
#include "compiler/scope.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum {
    OU_DEF_GLOBAL = 1,
    OU_DEF_LOCAL = 2,
    OU_DEF_PARAM = 4,
    OU_DEF_NONLOCAL = 8,
    OU_DEF_USE = 16,
    OU_DEF_IMPORT = 32,
    OU_DEF_ANNOT = 64,
    OU_DEF_COMP_ITER = 128,
    OU_DEF_BOUND = OU_DEF_LOCAL | OU_DEF_PARAM | OU_DEF_IMPORT
};

typedef enum BlockKind { OU_BLOCK_LOOP, OU_BLOCK_FINALLY, OU_BLOCK_EXCEPT_STAR } BlockKind;

/* What a jump out of a block passes: innermost first. */
typedef struct Block {
    struct Block *outer;
    BlockKind kind;
    const OuStmtSeq *finalbody;
    bool *is_walked;
} Block;

typedef struct Walk {
    OuVisitor visitor; /* first: walks get at the rest through it */
    OuArena *arena;
    OuIdentTable *idents;
    const OuSource *source;
    OuSyntaxError *err;
    OuScope *scope;
    Block *blocks;
    OuArenaVec spine; /* stack */
    bool binding;     /* the first walk */
    bool silent;      /* the second one: names here are looked at but no code is made for them */
    bool failed;
    OuIdent *id_class; /* "__class__" */
} Walk;

/* ---- tables: these set `failed` when memory is out -------------------------------------------- */

static bool fail(Walk *w, OuPosition at, const char *format, ...) {
    va_list args;
    va_start(args, format);
    ou_source_error_at(w->err, w->source, at, format, args);
    va_end(args);
    w->failed = true;
    return false;
}

/* NULL with `failed` when memory is out. */
static void *alloc(Walk *w, size_t count, size_t size) {
    void *result = ou_arena_array(w->arena, count, size);
    w->failed = w->failed || result == NULL;
    return result;
}

static void push(Walk *w, OuArenaVec *list, void *item) {
    w->failed = w->failed || !ou_arena_push(w->arena, list, item);
}

static OuIdent *intern(Walk *w, const char *text, size_t len) {
    OuIdent *result = ou_ident_intern(w->idents, text, len);
    w->failed = w->failed || result == NULL;
    return result;
}

static OuScope *new_scope(Walk *w, OuScopeKind kind, OuIdent *name, uint32_t line) {
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

static bool grow_table(Walk *w, OuScope *scope) {
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

static OuSymbol *symbol_of(Walk *w, OuScope *scope, OuIdent *mangled) {
    if (scope->symbols.count * 4 >= scope->table_size * 3 && !grow_table(w, scope)) { return NULL; }
    OuSymbol **slot = find_slot(scope->table, scope->table_size, mangled);
    if (*slot == NULL) {
        OuSymbol *symbol = alloc(w, 1, sizeof *symbol);
        push(w, &scope->symbols, symbol);
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

static OuIdent *mangle(Walk *w, OuIdent *name) {
    OuIdent *result = ou_scope_mangle(w->scope, name);
    w->failed = w->failed || w->arena->failed;
    return result;
}

/* ---- the walk --------------------------------------------------------------------------------- */

static void walk_expr(Walk *w, OuExpr *expr);
static void walk_body(Walk *w, const OuStmtSeq *body);

/* A mistake that CPython's compiler finds, and so the second walk. */
static void refuse(Walk *w, bool condition, OuPosition at, const char *message) {
    if (condition && !w->binding) { fail(w, at, "%s", message); }
}

/* ---- names ------------------------------------------------------------------------------------ */

static bool is_comprehension(const OuScope *scope) { return scope->kind >= OU_SCOPE_LISTCOMP; }

/* Binding: adds flags. Else: the place in varnames. `name` is mangled. */
static OuSymbol *note(Walk *w, OuIdent *name, uint32_t flags, OuPosition at) {
    OuSymbol *symbol = symbol_of(w, w->scope, name);
    if (symbol == NULL) { return NULL; }
    if (!w->binding) {
        if (symbol->kind == OU_SYMBOL_LOCAL && !symbol->is_touched && !w->silent) {
            symbol->is_touched = true;
            push(w, &w->scope->pending_varnames, name);
        }
        return symbol;
    }
    if ((flags & OU_DEF_PARAM) && (symbol->flags & OU_DEF_PARAM)) {
        fail(w, at, "duplicate argument '%s' in function definition", name->text);
    }
    if (w->scope->in_comp_target && (flags & OU_DEF_LOCAL)) {
        if (symbol->flags & (OU_DEF_GLOBAL | OU_DEF_NONLOCAL)) {
            fail(w, at, "comprehension inner loop cannot rebind assignment expression target '%s'", name->text);
        }
        flags |= OU_DEF_COMP_ITER;
    }
    symbol->flags |= flags;
    return symbol;
}

static void check_debug(Walk *w, const OuIdent *name, OuPosition at, OuExprContext ctx) {
    refuse(w, ctx != OU_CTX_LOAD && name != NULL && ou_ident_is(name, "__debug__"), at,
           ctx == OU_CTX_DEL ? "cannot delete __debug__" : "cannot assign to __debug__");
}

static void bind(Walk *w, OuIdent *name, OuPosition at) {
    check_debug(w, name, at, OU_CTX_STORE);
    note(w, mangle(w, name), OU_DEF_LOCAL, at);
}

static void set_place(OuSymbol *symbol, OuPosition at) {
    if (symbol->at.line == 0) { symbol->at = at; }
}

static void declare(Walk *w, const OuStmt *stmt, bool is_global) {
    const char *word = is_global ? "global" : "nonlocal";
    for (uint32_t i = 0; i < stmt->as.Global.names.count && w->binding; i++) {
        OuIdent *name = mangle(w, stmt->as.Global.names.items[i]);
        OuSymbol *symbol = symbol_of(w, w->scope, name);
        if (symbol == NULL) { return; }
        const char *format = symbol->flags & OU_DEF_PARAM   ? "name '%s' is parameter and %s"
                             : symbol->flags & OU_DEF_USE   ? "name '%s' is used prior to %s declaration"
                             : symbol->flags & OU_DEF_ANNOT ? "annotated name '%s' can't be %s"
                             : symbol->flags & OU_DEF_LOCAL ? "name '%s' is assigned to before %s declaration"
                                                            : NULL;
        if (format != NULL) { fail(w, stmt->at, format, name->text, word); }
        symbol->flags |= is_global ? OU_DEF_GLOBAL : OU_DEF_NONLOCAL;
        set_place(symbol, stmt->at);
    }
}

static void walk_name(Walk *w, OuExpr *expr) {
    if (w->binding) { expr->as.Name.id = mangle(w, expr->as.Name.id); }
    OuIdent *id = expr->as.Name.id;
    bool load = expr->as.Name.ctx == OU_CTX_LOAD;
    check_debug(w, id, expr->at, expr->as.Name.ctx);
    note(w, id, load ? OU_DEF_USE : OU_DEF_LOCAL, expr->at);
    if (load && w->binding && w->scope->is_function_like && ou_ident_is(id, "super")) {
        note(w, w->id_class, OU_DEF_USE, expr->at);
    }
}

/* A walrus in a comprehension binds in the function around it. */
static void extend_walrus(Walk *w, const OuExpr *target) {
    OuIdent *name = mangle(w, target->as.Name.id);
    OuSymbol *here = symbol_of(w, w->scope, name);
    for (OuScope *up = w->scope; up != NULL && !w->failed; up = up->parent) {
        OuSymbol *outer = symbol_of(w, up, name);
        if (outer == NULL || here == NULL) { return; }
        if (is_comprehension(up)) {
            if (outer->flags & OU_DEF_COMP_ITER) {
                fail(w, target->at, "assignment expression cannot rebind comprehension iteration variable '%s'",
                     name->text);
            }
        } else if (up->kind == OU_SCOPE_CLASS) {
            fail(w, target->at, "assignment expression within a comprehension cannot be used in a class body");
        } else {
            bool is_global = up->kind == OU_SCOPE_MODULE || (outer->flags & OU_DEF_GLOBAL);
            here->flags |= is_global ? OU_DEF_GLOBAL : OU_DEF_NONLOCAL;
            set_place(here, target->at);
            outer->flags |= up->kind == OU_SCOPE_MODULE ? OU_DEF_GLOBAL : OU_DEF_LOCAL;
            return;
        }
    }
}

static void walk_walrus(Walk *w, OuExpr *expr) {
    if (w->binding && w->scope->comp_iter_exprs > 0) {
        fail(w, expr->at, "assignment expression cannot be used in a comprehension iterable expression");
    } else if (w->binding && is_comprehension(w->scope)) {
        extend_walrus(w, expr->as.NamedExpr.target);
    }
    walk_expr(w, expr->as.NamedExpr.value);
    walk_expr(w, expr->as.NamedExpr.target);
}

/* ---- sequences -------------------------------------------------------------------------------- */

static void walk_all(Walk *w, const OuExprSeq *seq) {
    for (uint32_t i = 0; i < seq->count; i++) { walk_expr(w, seq->items[i]); }
}

/* Items of a display or call, among which stars are allowed. */
static void walk_items(Walk *w, const OuExprSeq *seq) {
    for (uint32_t i = 0; i < seq->count; i++) {
        OuExpr *item = seq->items[i];
        walk_expr(w, item->kind == OU_EXPR_Starred ? item->as.Starred.value : item);
    }
}

static void walk_list(Walk *w, const OuExpr *expr) {
    const OuExprSeq *elts = &expr->as.List.elts;
    uint32_t stars = 0;
    for (uint32_t i = 0; i < elts->count; i++) { stars += elts->items[i]->kind == OU_EXPR_Starred; }
    refuse(w, expr->as.List.ctx == OU_CTX_STORE && stars > 1, expr->at, "multiple starred expressions in assignment");
    walk_items(w, elts);
}

/* ---- functions -------------------------------------------------------------------------------- */

/* What is done with each parameter, in the order of `varnames`. */
static void each_param(Walk *w, const OuArguments *args, OuPosition at,
                       void (*visit)(Walk *w, OuArg *arg, OuPosition at)) {
    const OuArgSeq *lists[] = {&args->posonlyargs, &args->args, &args->kwonlyargs};
    for (size_t k = 0; k < 3; k++) {
        for (uint32_t i = 0; i < lists[k]->count; i++) { visit(w, lists[k]->items[i], at); }
    }
    if (args->vararg != NULL) { visit(w, args->vararg, at); }
    if (args->kwarg != NULL) { visit(w, args->kwarg, at); }
}

/* A parameter of the current scope, when it is new. */
static void add_param_name(Walk *w, OuIdent *name, OuPosition at) {
    OuSymbol *symbol = note(w, name, OU_DEF_PARAM, at);
    if (symbol != NULL && symbol->param_index < 0) {
        symbol->param_index = (int32_t)w->scope->param_count++;
        symbol->is_touched = true;
        push(w, &w->scope->pending_varnames, name);
    }
}

static void add_param(Walk *w, OuArg *arg, OuPosition at) {
    arg->arg = mangle(w, arg->arg);
    add_param_name(w, arg->arg, arg->at);
}

static void check_param(Walk *w, OuArg *arg, OuPosition at) { check_debug(w, arg->arg, at, OU_CTX_STORE); }

static void add_params(Walk *w, const OuArguments *args) {
    OuScope *scope = w->scope;
    if (!w->binding) { return; }
    each_param(w, args, (OuPosition){0}, add_param);
    scope->posonly_count = args->posonlyargs.count;
    scope->arg_count = args->posonlyargs.count + args->args.count;
    scope->kwonly_count = args->kwonlyargs.count;
    scope->has_varargs = args->vararg != NULL;
    scope->has_varkw = args->kwarg != NULL;
    if (scope->parent->kind == OU_SCOPE_CLASS && scope->pending_varnames.count > 0 && scope->arg_count > 0) {
        scope->self_param = scope->pending_varnames.items[0];
    }
}

static void walk_annotation(void *w, const OuArg *arg) {
    OuExpr *annotation = arg->annotation;
    bool starred = annotation != NULL && annotation->kind == OU_EXPR_Starred;
    walk_expr(w, starred ? annotation->as.Starred.value : annotation);
}

typedef struct Outer {
    OuScope *scope;
    Block *blocks;
    bool silent;
} Outer;

/* Enters `*place`, made on the first walk. */
static bool enter_scope(Walk *w, OuScope **place, OuScopeKind kind, OuIdent *name, uint32_t line, Outer *outer) {
    *outer = (Outer){w->scope, w->blocks, w->silent};
    if (w->binding && !w->failed) { *place = new_scope(w, kind, name, line); }
    if (w->failed) { return false; }
    w->scope = *place;
    w->blocks = NULL;
    w->silent = false;
    return true;
}

static void leave_scope(Walk *w, const Outer *outer) {
    w->scope = outer->scope;
    w->blocks = outer->blocks;
    w->silent = outer->silent;
}

/* What a definition evaluates where it stands. */
static void walk_parameters(Walk *w, const OuArguments *args, OuExpr *returns, const OuIdent *name, OuPosition at) {
    walk_all(w, &args->defaults);
    walk_all(w, &args->kw_defaults);
    ou_each_annotated(args, walk_annotation, w);
    walk_expr(w, returns);
    check_debug(w, name, at, OU_CTX_STORE);
    each_param(w, args, at, check_param);
}

static void walk_function(Walk *w, OuStmt *stmt) {
    OuArguments *args = stmt->as.FunctionDef.args;
    OuIdent *name = stmt->as.FunctionDef.name;
    Outer outer;
    walk_all(w, &stmt->as.FunctionDef.decorator_list);
    walk_parameters(w, args, stmt->as.FunctionDef.returns, name, stmt->at);
    /* CPython's symbol table binds the name before it looks into the body */
    if (w->binding) { bind(w, name, stmt->at); }
    if (!enter_scope(w, &stmt->as.FunctionDef.scope, OU_SCOPE_FUNCTION, name, stmt->at.line, &outer)) { return; }
    w->scope->is_async_def = w->scope->is_coroutine = stmt->kind == OU_STMT_AsyncFunctionDef;
    add_params(w, args);
    walk_body(w, &stmt->as.FunctionDef.body);
    leave_scope(w, &outer);
    bind(w, name, stmt->at);
}

static void walk_lambda(Walk *w, OuExpr *expr) {
    OuIdent *name = intern(w, "<lambda>", 8);
    Outer outer;
    walk_parameters(w, expr->as.Lambda.args, NULL, name, expr->at);
    if (!enter_scope(w, &expr->as.Lambda.scope, OU_SCOPE_LAMBDA, name, expr->at.line, &outer)) { return; }
    add_params(w, expr->as.Lambda.args);
    walk_expr(w, expr->as.Lambda.body);
    leave_scope(w, &outer);
}

/* Arguments of a call or a class. */
static void walk_arguments(Walk *w, OuPosition at, const OuExprSeq *args, const OuKeywordSeq *keywords) {
    for (uint32_t i = 0; i < keywords->count && !w->binding; i++) {
        const OuKeyword *keyword = keywords->items[i];
        if (keyword->arg == NULL) { continue; }
        check_debug(w, keyword->arg, at, OU_CTX_STORE);
        for (uint32_t j = i + 1; j < keywords->count; j++) {
            if (keywords->items[j]->arg == keyword->arg) {
                fail(w, keywords->items[j]->at, "keyword argument repeated: %s", keyword->arg->text);
            }
        }
    }
    walk_items(w, args);
    for (uint32_t i = 0; i < keywords->count; i++) { walk_expr(w, keywords->items[i]->value); }
}

static void walk_class(Walk *w, OuStmt *stmt) {
    OuIdent *name = stmt->as.ClassDef.name;
    Outer outer;
    walk_all(w, &stmt->as.ClassDef.decorator_list);
    if (w->binding) {
        bind(w, name, stmt->at);
        walk_arguments(w, stmt->at, &stmt->as.ClassDef.bases, &stmt->as.ClassDef.keywords);
    }
    if (!enter_scope(w, &stmt->as.ClassDef.scope, OU_SCOPE_CLASS, name, stmt->at.line, &outer)) { return; }
    w->scope->class_name = name;
    walk_body(w, &stmt->as.ClassDef.body);
    leave_scope(w, &outer);
    if (!w->binding) {
        walk_arguments(w, stmt->at, &stmt->as.ClassDef.bases, &stmt->as.ClassDef.keywords);
        bind(w, name, stmt->at);
    }
}

/* ---- comprehensions --------------------------------------------------------------------------- */

static void walk_comp_iter(Walk *w, OuExpr *iter) {
    w->scope->comp_iter_exprs++;
    walk_expr(w, iter);
    w->scope->comp_iter_exprs--;
}

/* Async functions, and comprehensions inside them, may await. */
static bool may_await(const OuScope *scope) {
    while (is_comprehension(scope)) { scope = scope->parent; }
    return scope->is_async_def;
}

/* From OU_SCOPE_LISTCOMP and OU_EXPR_ListComp on, whose orders agree. */
static const struct {
    const char *name, *title;
} comprehensions[] = {{"<listcomp>", "list comprehension"},
                      {"<setcomp>", "set comprehension"},
                      {"<dictcomp>", "dict comprehension"},
                      {"<genexpr>", "generator expression"}};

static void walk_comprehension(Walk *w, OuExpr *expr) {
    uint32_t which = expr->kind - OU_EXPR_ListComp;
    OuScopeKind kind = (OuScopeKind)(OU_SCOPE_LISTCOMP + which);
    OuComprehensionSeq *clauses = &expr->as.ListComp.generators;
    OuIdent *ident = intern(w, comprehensions[which].name, strlen(comprehensions[which].name));
    OuIdent *iter = intern(w, ".0", 2);
    Outer outer;
    refuse(w,
           !w->binding && expr->as.ListComp.scope->is_coroutine && kind != OU_SCOPE_GENEXPR && !may_await(w->scope) &&
               !is_comprehension(w->scope),
           expr->at, "asynchronous comprehension outside of an asynchronous function");
    walk_comp_iter(w, clauses->items[0]->iter);
    if (!enter_scope(w, &expr->as.ListComp.scope, kind, ident, expr->at.line, &outer)) { return; }
    if (w->binding) {
        add_param_name(w, iter, expr->at);
        w->scope->arg_count = 1;
    }
    for (uint32_t i = 0; i < clauses->count && !w->failed; i++) {
        OuComprehension *clause = clauses->items[i];
        if (i > 0) { walk_comp_iter(w, clause->iter); }
        w->scope->in_comp_target = true;
        walk_expr(w, clause->target);
        w->scope->in_comp_target = false;
        walk_all(w, &clause->ifs);
        w->scope->is_coroutine = w->scope->is_coroutine || clause->is_async;
    }
    walk_expr(w, expr->as.ListComp.elt);
    walk_expr(w, expr->as.ListComp.value);
    bool is_async = w->scope->is_coroutine && kind != OU_SCOPE_GENEXPR;
    leave_scope(w, &outer);
    if (is_async && is_comprehension(w->scope)) { w->scope->is_coroutine = true; }
}

/* ---- yield and await -------------------------------------------------------------------------- */

static void walk_yield(Walk *w, OuExpr *expr) {
    OuScope *scope = w->scope;
    refuse(w, !scope->is_function_like, expr->at, "'yield' outside function");
    refuse(w, expr->kind == OU_EXPR_YieldFrom && scope->is_async_def, expr->at, "'yield from' inside async function");
    walk_expr(w, expr->as.Yield.value);
    if (w->binding) {
        scope->is_generator = true;
        if (is_comprehension(scope)) {
            fail(w, expr->at, "'yield' inside %s", comprehensions[scope->kind - OU_SCOPE_LISTCOMP].title);
        }
    }
}

static void walk_await(Walk *w, OuExpr *expr) {
    OuScope *scope = w->scope;
    refuse(w, !scope->is_function_like, expr->at, "'await' outside function");
    refuse(w, !scope->is_async_def && !is_comprehension(scope), expr->at, "'await' outside async function");
    walk_expr(w, expr->as.Await.value);
    if (w->binding && scope->is_function_like) { scope->is_coroutine = true; }
}

/* ---- expressions ------------------------------------------------------------------------------ */

static void note_self_attribute(Walk *w, const OuExpr *expr) {
    OuScope *method = w->scope;
    const OuExpr *owner = expr->as.Attribute.value;
    if (w->binding || expr->as.Attribute.ctx != OU_CTX_STORE || method->self_param == NULL ||
        owner->kind != OU_EXPR_Name || owner->as.Name.id != method->self_param) {
        return;
    }
    OuArenaVec *attrs = &method->parent->pending_self_attrs;
    for (uint32_t i = 0; i < attrs->count; i++) {
        if (attrs->items[i] == expr->as.Attribute.attr) { return; }
    }
    push(w, attrs, expr->as.Attribute.attr);
}

static void walk_attribute(Walk *w, OuExpr *expr) {
    if (w->binding) { expr->as.Attribute.attr = mangle(w, expr->as.Attribute.attr); }
    check_debug(w, expr->as.Attribute.attr, expr->at, expr->as.Attribute.ctx);
    note_self_attribute(w, expr);
}

/* A node without the first child, if that is one along which chains grow. Children are walked in the order of ast.def
 * unless a case here says otherwise. */
static void walk_node(Walk *w, OuExpr *expr) {
    switch ((OuExprKind)expr->kind) {
    case OU_EXPR_Attribute: walk_attribute(w, expr); break;
    case OU_EXPR_Call: walk_arguments(w, expr->at, &expr->as.Call.args, &expr->as.Call.keywords); break;
    case OU_EXPR_NamedExpr: walk_walrus(w, expr); break;
    case OU_EXPR_Lambda: walk_lambda(w, expr); break;
    case OU_EXPR_Dict:
        for (uint32_t i = 0; i < expr->as.Dict.values.count; i++) {
            walk_expr(w, expr->as.Dict.keys.items[i]);
            walk_expr(w, expr->as.Dict.values.items[i]);
        }
        break;
    case OU_EXPR_Set: walk_items(w, &expr->as.Set.elts); break;
    case OU_EXPR_ListComp:
    case OU_EXPR_SetComp:
    case OU_EXPR_DictComp:
    case OU_EXPR_GeneratorExp: walk_comprehension(w, expr); break;
    case OU_EXPR_Await: walk_await(w, expr); break;
    case OU_EXPR_Yield:
    case OU_EXPR_YieldFrom: walk_yield(w, expr); break;
    case OU_EXPR_Starred:
        refuse(w, true, expr->at,
               expr->as.Starred.ctx == OU_CTX_STORE ? "starred assignment target must be in a list or tuple"
                                                    : "can't use starred expression here");
        walk_expr(w, expr->as.Starred.value);
        break;
    case OU_EXPR_Name: walk_name(w, expr); break;
    case OU_EXPR_List:
    case OU_EXPR_Tuple: walk_list(w, expr); break;
    default: ou_expr_children(expr, &w->visitor); break;
    }
}

static void walk_expr(Walk *w, OuExpr *expr) {
    uint32_t mark = w->spine.count;
    for (; expr != NULL && !w->failed; expr = ou_expr_spine_next(expr)) { push(w, &w->spine, expr); }
    while (w->spine.count > mark && !w->failed) { walk_node(w, w->spine.items[--w->spine.count]); }
}

static void visit_expr(OuVisitor *visitor, OuExpr *expr) { walk_expr((Walk *)visitor, expr); }
static void visit_body(OuVisitor *visitor, const OuStmtSeq *body) { walk_body((Walk *)visitor, body); }

/* ---- jumps ------------------------------------------------------------------------------------ */

/* A jump out of a try runs its `finally` first: CPython compiles that body at the jump. */
static void walk_finally_at_jump(Walk *w, bool to_loop) {
    Block *saved = w->blocks;
    for (Block *block = saved; block != NULL && !w->failed; block = block->outer) {
        if (to_loop && block->kind == OU_BLOCK_LOOP) { break; }
        if (block->kind == OU_BLOCK_FINALLY && !*block->is_walked) {
            *block->is_walked = true; /* another walk would add no names */
            w->blocks = block->outer;
            walk_body(w, block->finalbody);
        }
    }
    w->blocks = saved;
}

/* The innermost block of that kind that the walk is inside of, without leaving one of the kind `within`. */
static bool is_inside(const Walk *w, BlockKind kind, BlockKind within) {
    const Block *block = w->blocks;
    while (block != NULL && block->kind != kind && block->kind != within) { block = block->outer; }
    return block != NULL && block->kind == kind;
}

static const char except_star_text[] = "'break', 'continue' and 'return' cannot appear in an except* block";

static void walk_loop_jump(Walk *w, const OuStmt *stmt) {
    if (w->binding) { return; }
    refuse(w, is_inside(w, OU_BLOCK_EXCEPT_STAR, OU_BLOCK_LOOP), stmt->at, except_star_text);
    refuse(w, !is_inside(w, OU_BLOCK_LOOP, OU_BLOCK_LOOP), stmt->at,
           stmt->kind == OU_STMT_Break ? "'break' outside loop" : "'continue' not properly in loop");
    walk_finally_at_jump(w, true);
}

static void walk_return(Walk *w, const OuStmt *stmt) {
    refuse(w, !w->scope->is_function_like, stmt->at, "'return' outside function");
    refuse(w, stmt->as.Return.value != NULL && w->scope->is_async_def && w->scope->is_generator, stmt->at,
           "'return' with value in async generator");
    walk_expr(w, stmt->as.Return.value);
    refuse(w, is_inside(w, OU_BLOCK_EXCEPT_STAR, OU_BLOCK_EXCEPT_STAR), stmt->at, except_star_text);
    if (!w->binding) { walk_finally_at_jump(w, false); }
}

/* ---- statements ------------------------------------------------------------------------------- */

static void walk_loop_body(Walk *w, const OuStmtSeq *body, const OuStmtSeq *orelse) {
    Block block = {.outer = w->blocks, .kind = OU_BLOCK_LOOP};
    w->blocks = &block;
    walk_body(w, body);
    w->blocks = block.outer;
    walk_body(w, orelse);
}

static void walk_handlers(Walk *w, const OuStmt *stmt) {
    const OuExceptHandlerSeq *handlers = &stmt->as.Try.handlers;
    Block block = {.outer = w->blocks, .kind = OU_BLOCK_EXCEPT_STAR};
    for (uint32_t i = 0; i < handlers->count && !w->failed; i++) {
        OuExceptHandler *handler = handlers->items[i];
        refuse(w, handler->type == NULL && i + 1 < handlers->count, handler->at, "default 'except:' must be last");
        walk_expr(w, handler->type);
        if (handler->name != NULL) { bind(w, handler->name, handler->at); }
        if (stmt->kind == OU_STMT_TryStar) { w->blocks = &block; }
        walk_body(w, &handler->body);
        w->blocks = block.outer;
    }
}

static void walk_try(Walk *w, const OuStmt *stmt) {
    bool is_walked = false;
    const OuStmtSeq *finalbody = &stmt->as.Try.finalbody;
    Block block = {.outer = w->blocks, .kind = OU_BLOCK_FINALLY, .finalbody = finalbody, .is_walked = &is_walked};
    if (finalbody->count > 0 && !w->binding) { w->blocks = &block; }
    walk_body(w, &stmt->as.Try.body);
    walk_body(w, &stmt->as.Try.orelse);
    walk_handlers(w, stmt);
    w->blocks = block.outer;
    if (!is_walked) { walk_body(w, finalbody); }
}

/* The name of an annotated assignment, as CPython's symbol table sees it. */
static void bind_annotated(Walk *w, const OuStmt *stmt) {
    OuExpr *target = stmt->as.AnnAssign.target;
    bool simple = stmt->as.AnnAssign.simple;
    target->as.Name.id = mangle(w, target->as.Name.id);
    OuSymbol *symbol = symbol_of(w, w->scope, target->as.Name.id);
    if (symbol == NULL) { return; }
    if ((symbol->flags & (OU_DEF_GLOBAL | OU_DEF_NONLOCAL)) && simple && w->scope->kind != OU_SCOPE_MODULE) {
        fail(w, stmt->at, "annotated name '%s' can't be %s", target->as.Name.id->text,
             symbol->flags & OU_DEF_GLOBAL ? "global" : "nonlocal");
    }
    if (simple || stmt->as.AnnAssign.value != NULL) { symbol->flags |= OU_DEF_LOCAL | (simple ? OU_DEF_ANNOT : 0u); }
}

static void walk_annotated(Walk *w, const OuStmt *stmt) {
    OuExpr *target = stmt->as.AnnAssign.target;
    bool is_name = target->kind == OU_EXPR_Name;
    bool saved = w->silent;
    if (w->binding && is_name) { bind_annotated(w, stmt); }
    walk_expr(w, stmt->as.AnnAssign.value);
    /* without a value an attribute's owner is still evaluated, a plain name is not */
    if (!is_name || (!w->binding && stmt->as.AnnAssign.value != NULL)) { walk_expr(w, target); }
    w->silent = saved || w->scope->is_function_like; /* annotations of locals are not evaluated */
    walk_expr(w, stmt->as.AnnAssign.annotation);
    w->silent = saved;
}

static void walk_augmented(Walk *w, const OuStmt *stmt) {
    OuExpr *target = stmt->as.AugAssign.target;
    walk_expr(w, target); /* loaded first, stored last */
    if (w->binding && target->kind == OU_EXPR_Name) { note(w, target->as.Name.id, OU_DEF_LOCAL, target->at); }
    walk_expr(w, stmt->as.AugAssign.value);
}

static void walk_import(Walk *w, const OuStmt *stmt, const OuAliasSeq *names, bool is_from) {
    for (uint32_t i = 0; i < names->count && !w->failed; i++) {
        const OuAlias *alias = names->items[i];
        OuIdent *name = alias->asname != NULL ? alias->asname : alias->name;
        if (ou_ident_is(name, "*")) {
            if (w->scope->kind != OU_SCOPE_MODULE) { fail(w, alias->at, "import * only allowed at module level"); }
            continue;
        }
        const char *dot = is_from || alias->asname != NULL ? NULL : strchr(name->text, '.');
        if (dot != NULL) { name = intern(w, name->text, (size_t)(dot - name->text)); }
        if (w->failed) { return; }
        check_debug(w, name, stmt->at, OU_CTX_STORE);
        note(w, mangle(w, name), OU_DEF_IMPORT, alias->at);
    }
}

/* ---- patterns --------------------------------------------------------------------------------- */

static void walk_pattern(Walk *w, OuPattern *pattern, bool bind_names);

static void walk_patterns(Walk *w, const OuPatternSeq *patterns, bool bind_names) {
    for (uint32_t i = 0; i < patterns->count && !w->failed; i++) { walk_pattern(w, patterns->items[i], bind_names); }
}

/* Values are loaded while matching, captures stored once the whole pattern fits: two rounds. */
static void walk_pattern(Walk *w, OuPattern *pattern, bool bind_names) {
    OuIdent *captured = NULL;
    switch ((OuPatternKind)pattern->kind) {
    case OU_PATTERN_MatchValue:
        if (!bind_names) { walk_expr(w, pattern->as.MatchValue.value); }
        break;
    case OU_PATTERN_MatchOr:
    case OU_PATTERN_MatchSequence: walk_patterns(w, &pattern->as.MatchSequence.patterns, bind_names); break;
    case OU_PATTERN_MatchMapping:
        if (!bind_names) { walk_all(w, &pattern->as.MatchMapping.keys); }
        walk_patterns(w, &pattern->as.MatchMapping.patterns, bind_names);
        captured = pattern->as.MatchMapping.rest;
        break;
    case OU_PATTERN_MatchClass:
        if (!bind_names) { walk_expr(w, pattern->as.MatchClass.cls); }
        walk_patterns(w, &pattern->as.MatchClass.patterns, bind_names);
        walk_patterns(w, &pattern->as.MatchClass.kwd_patterns, bind_names);
        break;
    case OU_PATTERN_MatchStar: captured = pattern->as.MatchStar.name; break;
    case OU_PATTERN_MatchAs:
        if (pattern->as.MatchAs.pattern != NULL) { walk_pattern(w, pattern->as.MatchAs.pattern, bind_names); }
        captured = pattern->as.MatchAs.name;
        break;
    default: break;
    }
    if (captured != NULL && bind_names) { bind(w, captured, pattern->at); }
}

static void walk_match(Walk *w, const OuStmt *stmt) {
    walk_expr(w, stmt->as.Match.subject);
    for (uint32_t i = 0; i < stmt->as.Match.cases.count && !w->failed; i++) {
        OuMatchCase *match_case = stmt->as.Match.cases.items[i];
        walk_pattern(w, match_case->pattern, false);
        walk_pattern(w, match_case->pattern, true);
        walk_expr(w, match_case->guard);
        walk_body(w, &match_case->body);
    }
}

/* ---- all statements --------------------------------------------------------------------------- */

static void walk_stmt(Walk *w, OuStmt *stmt) {
    switch ((OuStmtKind)stmt->kind) {
    case OU_STMT_FunctionDef:
    case OU_STMT_AsyncFunctionDef: walk_function(w, stmt); break;
    case OU_STMT_ClassDef: walk_class(w, stmt); break;
    case OU_STMT_Return: walk_return(w, stmt); break;
    case OU_STMT_Assign:
        walk_expr(w, stmt->as.Assign.value);
        walk_all(w, &stmt->as.Assign.targets);
        break;
    case OU_STMT_AugAssign: walk_augmented(w, stmt); break;
    case OU_STMT_AnnAssign: walk_annotated(w, stmt); break;
    case OU_STMT_AsyncFor:
        refuse(w, !may_await(w->scope), stmt->at, "'async for' outside async function");
        /* fall through */
    case OU_STMT_For:
        walk_expr(w, stmt->as.For.iter);
        walk_expr(w, stmt->as.For.target);
        walk_loop_body(w, &stmt->as.For.body, &stmt->as.For.orelse);
        break;
    case OU_STMT_While:
        walk_expr(w, stmt->as.While.test);
        walk_loop_body(w, &stmt->as.While.body, &stmt->as.While.orelse);
        break;
    case OU_STMT_AsyncWith:
        refuse(w, !may_await(w->scope), stmt->at, "'async with' outside async function");
        ou_stmt_children(stmt, &w->visitor);
        break;
    case OU_STMT_Match: walk_match(w, stmt); break;
    case OU_STMT_Try:
    case OU_STMT_TryStar: walk_try(w, stmt); break;
    case OU_STMT_Import: walk_import(w, stmt, &stmt->as.Import.names, false); break;
    case OU_STMT_ImportFrom: walk_import(w, stmt, &stmt->as.ImportFrom.names, true); break;
    case OU_STMT_Global: declare(w, stmt, true); break;
    case OU_STMT_Nonlocal: declare(w, stmt, false); break;
    case OU_STMT_Break:
    case OU_STMT_Continue: walk_loop_jump(w, stmt); break;
    default: ou_stmt_children(stmt, &w->visitor); break;
    }
}

static void walk_body(Walk *w, const OuStmtSeq *body) {
    for (uint32_t i = 0; i < body->count && !w->failed; i++) { walk_stmt(w, body->items[i]); }
}

static bool walk_module(Walk *w, OuModule *module) {
    w->visitor = (OuVisitor){.expr = visit_expr, .body = visit_body, .skips_spine = true};
    walk_expr(w, module->expression);
    walk_body(w, &module->body);
    return !w->failed;
}

/* ---- resolution ------------------------------------------------------------------------------- */

/* Outer scopes first. */
static void each_scope(Walk *w, OuScope *scope, void (*visit)(Walk *w, OuScope *scope)) {
    if (!w->failed) { visit(w, scope); }
    for (OuScope *child = scope->first_child; child != NULL; child = child->next_sibling) {
        each_scope(w, child, visit);
    }
}

/* The scope above `scope` whose cell holds `name`, or NULL when it is global. */
static OuScope *find_owner(Walk *w, OuScope *scope, const OuIdent *name) {
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
static void hand_down(Walk *w, OuScope *scope, OuScope *owner, OuIdent *name) {
    for (OuScope *at = scope->parent; at != owner; at = at->parent) {
        OuSymbol *symbol = symbol_of(w, at, name);
        if (symbol == NULL) { return; }
        if (at->kind == OU_SCOPE_CLASS && (symbol->flags & (OU_DEF_BOUND | OU_DEF_GLOBAL))) {
            symbol->is_passed_on = true;
        } else {
            symbol->kind = OU_SYMBOL_FREE;
        }
    }
    OuSymbol *symbol = symbol_of(w, owner, name);
    if (symbol == NULL) { return; }
    if (owner->kind == OU_SCOPE_CLASS) {
        owner->needs_class_cell = true;
    } else {
        symbol->kind = OU_SYMBOL_CELL;
    }
}

static void resolve_symbol(Walk *w, OuScope *scope, OuSymbol *symbol) {
    if (symbol->flags & OU_DEF_GLOBAL) {
        if (symbol->flags & OU_DEF_NONLOCAL) {
            fail(w, symbol->at, "name '%s' is nonlocal and global", symbol->name->text);
        }
        symbol->kind = scope->kind == OU_SCOPE_MODULE ? OU_SYMBOL_NAME : OU_SYMBOL_GLOBAL_EXPLICIT;
        return;
    }
    if (scope->kind == OU_SCOPE_MODULE) {
        if (symbol->flags & OU_DEF_NONLOCAL) {
            fail(w, symbol->at, "nonlocal declaration not allowed at module level");
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
        fail(w, symbol->at, "no binding for nonlocal '%s' found", symbol->name->text);
    } else if (symbol->kind != OU_SYMBOL_FREE) {
        symbol->kind = scope->kind == OU_SCOPE_CLASS ? OU_SYMBOL_NAME : OU_SYMBOL_GLOBAL_IMPLICIT;
    }
}

static void resolve_scope(Walk *w, OuScope *scope) {
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

static bool is_cell(Walk *w, const OuScope *scope, const OuSymbol *symbol) {
    return (symbol->kind == OU_SYMBOL_CELL && symbol->flags != 0) ||
           (scope->kind == OU_SCOPE_CLASS && scope->needs_class_cell && symbol->name == w->id_class);
}

static void collect(Walk *w, OuScope *scope, bool cells, OuIdentSeq *out) {
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

static void lay_out_cells(Walk *w, OuScope *scope) {
    if (scope->kind != OU_SCOPE_MODULE) {
        collect(w, scope, true, &scope->cellvars);
        collect(w, scope, false, &scope->freevars);
    }
}

static void lay_out_locals(Walk *w, OuScope *scope) {
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

static void name_scope(Walk *w, OuScope *scope) {
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
    Walk w = {.arena = arena, .idents = module->idents, .source = source, .err = err, .binding = true};
    memset(err, 0, sizeof *err);
    w.id_class = ou_ident_intern(w.idents, "__class__", 9);
    OuIdent *name = ou_ident_intern(w.idents, "<module>", 8);
    if (!arena->failed) {
        module->scope = new_scope(&w, OU_SCOPE_MODULE, name, 1);
        w.scope = module->scope;
    }
    w.failed = arena->failed || !walk_module(&w, module);
    if (!w.failed) { each_scope(&w, module->scope, resolve_scope); }
    if (!w.failed) { each_scope(&w, module->scope, lay_out_cells); }
    if (!w.failed) { each_scope(&w, module->scope, name_scope); }
    if (!w.failed) {
        w.binding = false;
        w.scope = module->scope;
        w.spine.count = 0;
        walk_module(&w, module);
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
