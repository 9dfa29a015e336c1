/*
 * The walk over the tree that finds scopes and names: see scope_walk.h.
 *
 * Order matters twice: varnames follow it, and of several errors the first one is reported. It is
 * CPython's order of code generation: values before targets, `else` before handlers, the body of a
 * `finally` at every jump out of its `try` as well as at its end. Depth: left-deep chains and elif are
 * walked in loops; everything else is as deep as the parser allowed.
 */
#include "compiler/scope_walk.h"

#include <string.h>

static void walk_expr(OuScopeWalk *w, OuExpr *expr);
static void walk_body(OuScopeWalk *w, const OuStmtSeq *body);

static OuSpan expr_span(const OuExpr *expr) { return (OuSpan){expr->line, expr->col, expr->end_line, expr->end_col}; }

static OuSpan stmt_span(const OuStmt *stmt) { return (OuSpan){stmt->line, stmt->col, stmt->end_line, stmt->end_col}; }

/* ---- names ------------------------------------------------------------------------------------ */

static bool is_comprehension(const OuScope *scope) { return scope->kind >= OU_SCOPE_LISTCOMP; }

/* BIND: adds flags. EMIT: the place in varnames. `name` is mangled. */
static OuSymbol *note(OuScopeWalk *w, OuIdent *name, uint32_t flags, OuSpan at) {
    OuSymbol *symbol = ou_scope_symbol(w, w->scope, name);
    if (symbol == NULL) { return NULL; }
    if (w->mode == OU_WALK_EMIT) {
        if (symbol->kind == OU_SYMBOL_LOCAL && !symbol->is_touched && !w->silent) {
            symbol->is_touched = true;
            w->failed = w->failed || !ou_arena_push(w->arena, &w->scope->pending_varnames, name);
        }
        return symbol;
    }
    if ((flags & OU_DEF_PARAM) && (symbol->flags & OU_DEF_PARAM)) {
        ou_scope_fail(w, at, "duplicate argument '%s' in function definition", name->text);
    }
    if (w->scope->in_comp_target && (flags & OU_DEF_LOCAL)) {
        if (symbol->flags & (OU_DEF_GLOBAL | OU_DEF_NONLOCAL)) {
            ou_scope_fail(w, at, "comprehension inner loop cannot rebind assignment expression target '%s'",
                          name->text);
        }
        flags |= OU_DEF_COMP_ITER;
    }
    symbol->flags |= flags;
    return symbol;
}

static bool check_debug(OuScopeWalk *w, const OuIdent *name, OuSpan at, bool deleting) {
    if (w->mode == OU_WALK_EMIT && name == w->id_debug) {
        return ou_scope_fail(w, at, "cannot %s __debug__", deleting ? "delete" : "assign to");
    }
    return true;
}

static void bind(OuScopeWalk *w, OuIdent *name, OuSpan at) {
    check_debug(w, name, at, false);
    note(w, ou_scope_mangle_in(w, name), OU_DEF_LOCAL, at);
}

static void set_place(OuSymbol *symbol, OuSpan at) {
    if (symbol->line == 0) {
        symbol->line = at.line;
        symbol->col = at.col;
        symbol->end_line = at.end_line;
        symbol->end_col = at.end_col;
    }
}

static void declare(OuScopeWalk *w, const OuStmt *stmt, bool is_global) {
    const char *word = is_global ? "global" : "nonlocal";
    for (uint32_t i = 0; i < stmt->as.Global.names.count && w->mode == OU_WALK_BIND; i++) {
        OuIdent *name = ou_scope_mangle_in(w, stmt->as.Global.names.items[i]);
        OuSymbol *symbol = ou_scope_symbol(w, w->scope, name);
        if (symbol == NULL) { return; }
        OuSpan at = stmt_span(stmt);
        const char *text = name->text;
        if (symbol->flags & OU_DEF_PARAM) {
            ou_scope_fail(w, at, "name '%s' is parameter and %s", text, word);
        } else if (symbol->flags & OU_DEF_USE) {
            ou_scope_fail(w, at, "name '%s' is used prior to %s declaration", text, word);
        } else if (symbol->flags & OU_DEF_ANNOT) {
            ou_scope_fail(w, at, "annotated name '%s' can't be %s", text, word);
        } else if (symbol->flags & OU_DEF_LOCAL) {
            ou_scope_fail(w, at, "name '%s' is assigned to before %s declaration", text, word);
        }
        symbol->flags |= is_global ? OU_DEF_GLOBAL : OU_DEF_NONLOCAL;
        set_place(symbol, at);
    }
}

static void walk_name(OuScopeWalk *w, OuExpr *expr) {
    if (w->mode == OU_WALK_BIND) { expr->as.Name.id = ou_scope_mangle_in(w, expr->as.Name.id); }
    OuIdent *id = expr->as.Name.id;
    bool load = expr->as.Name.ctx == OU_CTX_LOAD;
    if (!load) { check_debug(w, id, expr_span(expr), expr->as.Name.ctx == OU_CTX_DEL); }
    note(w, id, load ? OU_DEF_USE : OU_DEF_LOCAL, expr_span(expr));
    if (load && id == w->id_super && w->scope->is_function_like && w->mode == OU_WALK_BIND) {
        note(w, w->id_class, OU_DEF_USE, expr_span(expr));
    }
}

/* A walrus in a comprehension binds in the function around it. */
static void extend_walrus(OuScopeWalk *w, const OuExpr *target) {
    OuIdent *name = ou_scope_mangle_in(w, target->as.Name.id);
    OuSpan at = expr_span(target);
    for (OuScope *up = w->scope; up != NULL && !w->failed; up = up->parent) {
        OuSymbol *outer = ou_scope_symbol(w, up, name);
        OuSymbol *here = ou_scope_symbol(w, w->scope, name);
        if (outer == NULL || here == NULL) { return; }
        if (is_comprehension(up)) {
            if (outer->flags & OU_DEF_COMP_ITER) {
                ou_scope_fail(w, at,
                              "assignment expression cannot rebind comprehension iteration "
                              "variable '%s'",
                              name->text);
            }
        } else if (up->kind == OU_SCOPE_CLASS) {
            ou_scope_fail(w, at,
                          "assignment expression within a comprehension cannot be used in a class "
                          "body");
        } else {
            bool is_global = up->kind == OU_SCOPE_MODULE || (outer->flags & OU_DEF_GLOBAL);
            here->flags |= is_global ? OU_DEF_GLOBAL : OU_DEF_NONLOCAL;
            set_place(here, at);
            outer->flags |= up->kind == OU_SCOPE_MODULE ? OU_DEF_GLOBAL : OU_DEF_LOCAL;
            return;
        }
    }
}

static void walk_walrus(OuScopeWalk *w, OuExpr *expr) {
    if (w->mode == OU_WALK_BIND) {
        if (w->scope->comp_iter_exprs > 0) {
            ou_scope_fail(w, expr_span(expr),
                          "assignment expression cannot be used in a comprehension iterable expression");
        } else if (is_comprehension(w->scope)) {
            extend_walrus(w, expr->as.NamedExpr.target);
        }
    }
    walk_expr(w, expr->as.NamedExpr.value);
    walk_expr(w, expr->as.NamedExpr.target);
}

/* ---- sequences -------------------------------------------------------------------------------- */

static void walk_all(OuScopeWalk *w, const OuExprSeq *seq) {
    for (uint32_t i = 0; i < seq->count && !w->failed; i++) {
        if (seq->items[i] != NULL) { walk_expr(w, seq->items[i]); }
    }
}

/* Items of a display or call, among which stars are allowed. */
static void walk_items(OuScopeWalk *w, const OuExprSeq *seq) {
    for (uint32_t i = 0; i < seq->count && !w->failed; i++) {
        OuExpr *item = seq->items[i];
        walk_expr(w, item->kind == OU_EXPR_Starred ? item->as.Starred.value : item);
    }
}

static void walk_list(OuScopeWalk *w, const OuExpr *expr, const OuExprSeq *elts, OuExprContext ctx) {
    uint32_t stars = 0;
    for (uint32_t i = 0; i < elts->count; i++) { stars += elts->items[i]->kind == OU_EXPR_Starred; }
    if (w->mode == OU_WALK_EMIT && ctx == OU_CTX_STORE && stars > 1) {
        ou_scope_fail(w, expr_span(expr), "multiple starred expressions in assignment");
        return;
    }
    walk_items(w, elts);
}

/* ---- functions -------------------------------------------------------------------------------- */

static void add_param(OuScopeWalk *w, OuArg *arg) {
    OuScope *scope = w->scope;
    if (w->mode != OU_WALK_BIND || arg == NULL) { return; }
    arg->arg = ou_scope_mangle_in(w, arg->arg);
    OuSymbol *symbol = note(w, arg->arg, OU_DEF_PARAM, arg->at);
    if (symbol != NULL && symbol->param_index < 0) {
        symbol->param_index = (int32_t)scope->param_count++;
        symbol->is_touched = true;
        w->failed = w->failed || !ou_arena_push(w->arena, &scope->pending_varnames, arg->arg);
    }
}

static void add_params(OuScopeWalk *w, const OuArguments *args) {
    const OuArgSeq *lists[] = {&args->posonlyargs, &args->args, &args->kwonlyargs};
    for (size_t k = 0; k < 3; k++) {
        for (uint32_t i = 0; i < lists[k]->count && !w->failed; i++) { add_param(w, lists[k]->items[i]); }
    }
    add_param(w, args->vararg);
    add_param(w, args->kwarg);
    OuScope *scope = w->scope;
    scope->posonly_count = args->posonlyargs.count;
    scope->arg_count = args->posonlyargs.count + args->args.count;
    scope->kwonly_count = args->kwonlyargs.count;
    scope->has_varargs = args->vararg != NULL;
    scope->has_varkw = args->kwarg != NULL;
    if (scope->parent->kind == OU_SCOPE_CLASS && scope->pending_varnames.count > 0 && scope->arg_count > 0) {
        scope->self_param = scope->pending_varnames.items[0];
    }
}

static void check_params(OuScopeWalk *w, const OuArguments *args, OuSpan at) {
    const OuArgSeq *lists[] = {&args->posonlyargs, &args->args, &args->kwonlyargs};
    for (size_t k = 0; k < 3; k++) {
        for (uint32_t i = 0; i < lists[k]->count; i++) { check_debug(w, lists[k]->items[i]->arg, at, false); }
    }
    if (args->vararg != NULL) { check_debug(w, args->vararg->arg, at, false); }
    if (args->kwarg != NULL) { check_debug(w, args->kwarg->arg, at, false); }
}

static void walk_annotations(OuScopeWalk *w, const OuArguments *args, OuExpr *returns) {
    const OuArgSeq *lists[] = {&args->args, &args->posonlyargs};
    for (size_t k = 0; k < 2; k++) {
        for (uint32_t i = 0; i < lists[k]->count; i++) { walk_expr(w, lists[k]->items[i]->annotation); }
    }
    OuExpr *star = args->vararg != NULL ? args->vararg->annotation : NULL;
    walk_expr(w, star != NULL && star->kind == OU_EXPR_Starred ? star->as.Starred.value : star);
    for (uint32_t i = 0; i < args->kwonlyargs.count; i++) { walk_expr(w, args->kwonlyargs.items[i]->annotation); }
    walk_expr(w, args->kwarg != NULL ? args->kwarg->annotation : NULL);
    walk_expr(w, returns);
}

typedef struct Outer {
    OuScope *scope;
    OuWalkBlock *blocks;
    bool silent;
} Outer;

/* Enters `*place`, made on the first walk. */
static bool enter_scope(OuScopeWalk *w, OuScope **place, OuScopeKind kind, OuIdent *name, uint32_t line, Outer *outer) {
    *outer = (Outer){w->scope, w->blocks, w->silent};
    if (w->mode == OU_WALK_BIND && name != NULL) { *place = ou_scope_new(w, kind, name, line); }
    if (w->failed || *place == NULL) {
        w->failed = true;
        return false;
    }
    w->scope = *place;
    w->blocks = NULL;
    w->silent = false;
    return true;
}

static void leave_scope(OuScopeWalk *w, const Outer *outer) {
    w->scope = outer->scope;
    w->blocks = outer->blocks;
    w->silent = outer->silent;
}

static void walk_function(OuScopeWalk *w, OuStmt *stmt, bool is_async) {
    OuArguments *args = stmt->as.FunctionDef.args;
    Outer outer;
    walk_all(w, &stmt->as.FunctionDef.decorator_list);
    walk_all(w, &args->defaults);
    walk_all(w, &args->kw_defaults);
    walk_annotations(w, args, stmt->as.FunctionDef.returns);
    if (w->mode == OU_WALK_BIND) {
        /* CPython's symbol table binds the name before it looks into the body */
        bind(w, stmt->as.FunctionDef.name, stmt_span(stmt));
    } else {
        check_debug(w, stmt->as.FunctionDef.name, stmt_span(stmt), false);
        check_params(w, args, stmt_span(stmt));
    }
    if (w->failed || !enter_scope(w, &stmt->as.FunctionDef.scope, OU_SCOPE_FUNCTION, stmt->as.FunctionDef.name,
                                  stmt->line, &outer)) {
        return;
    }
    w->scope->is_async_def = w->scope->is_coroutine = is_async;
    add_params(w, args);
    walk_body(w, &stmt->as.FunctionDef.body);
    leave_scope(w, &outer);
    bind(w, stmt->as.FunctionDef.name, stmt_span(stmt));
}

static void walk_lambda(OuScopeWalk *w, OuExpr *expr) {
    OuArguments *args = expr->as.Lambda.args;
    Outer outer;
    walk_all(w, &args->defaults);
    walk_all(w, &args->kw_defaults);
    check_params(w, args, expr_span(expr));
    OuIdent *name = ou_ident_intern(w->idents, "<lambda>", 8);
    if (w->failed || !enter_scope(w, &expr->as.Lambda.scope, OU_SCOPE_LAMBDA, name, expr->line, &outer)) { return; }
    add_params(w, args);
    walk_expr(w, expr->as.Lambda.body);
    leave_scope(w, &outer);
}

static void check_keywords(OuScopeWalk *w, const OuKeywordSeq *keywords, OuSpan at) {
    for (uint32_t i = 0; i < keywords->count && w->mode == OU_WALK_EMIT; i++) {
        const OuKeyword *keyword = keywords->items[i];
        if (keyword->arg == NULL) { continue; }
        check_debug(w, keyword->arg, at, false);
        for (uint32_t j = i + 1; j < keywords->count; j++) {
            if (keywords->items[j]->arg == keyword->arg) {
                ou_scope_fail(w, keywords->items[j]->at, "keyword argument repeated: %s", keyword->arg->text);
                return;
            }
        }
    }
}

static void walk_keywords(OuScopeWalk *w, const OuKeywordSeq *keywords) {
    for (uint32_t i = 0; i < keywords->count && !w->failed; i++) { walk_expr(w, keywords->items[i]->value); }
}

static void walk_class(OuScopeWalk *w, OuStmt *stmt) {
    Outer outer;
    walk_all(w, &stmt->as.ClassDef.decorator_list);
    if (w->mode == OU_WALK_BIND) {
        bind(w, stmt->as.ClassDef.name, stmt_span(stmt));
        walk_items(w, &stmt->as.ClassDef.bases);
        walk_keywords(w, &stmt->as.ClassDef.keywords);
    }
    if (w->failed ||
        !enter_scope(w, &stmt->as.ClassDef.scope, OU_SCOPE_CLASS, stmt->as.ClassDef.name, stmt->line, &outer)) {
        return;
    }
    w->scope->class_name = stmt->as.ClassDef.name;
    walk_body(w, &stmt->as.ClassDef.body);
    leave_scope(w, &outer);
    if (w->mode == OU_WALK_EMIT) {
        check_keywords(w, &stmt->as.ClassDef.keywords, stmt_span(stmt));
        walk_items(w, &stmt->as.ClassDef.bases);
        walk_keywords(w, &stmt->as.ClassDef.keywords);
        bind(w, stmt->as.ClassDef.name, stmt_span(stmt));
    }
}

/* ---- comprehensions --------------------------------------------------------------------------- */

static void walk_comp_iter(OuScopeWalk *w, OuExpr *iter) {
    w->scope->comp_iter_exprs++;
    walk_expr(w, iter);
    w->scope->comp_iter_exprs--;
}

static void walk_comp_target(OuScopeWalk *w, OuExpr *target) {
    w->scope->in_comp_target = true;
    walk_expr(w, target);
    w->scope->in_comp_target = false;
}

/* Async functions, and comprehensions inside them, may await. */
static bool may_await(const OuScope *scope) {
    while (is_comprehension(scope)) { scope = scope->parent; }
    return scope->is_async_def;
}

static void walk_comprehension(OuScopeWalk *w, OuExpr *expr, OuScopeKind kind, const char *name) {
    OuComprehensionSeq *clauses = &expr->as.ListComp.generators;
    OuIdent *ident = ou_ident_intern(w->idents, name, strlen(name));
    Outer outer;
    if (w->mode == OU_WALK_EMIT && expr->as.ListComp.scope->is_coroutine && kind != OU_SCOPE_GENEXPR &&
        !may_await(w->scope) && !is_comprehension(w->scope)) {
        ou_scope_fail(w, expr_span(expr), "asynchronous comprehension outside of an asynchronous function");
        return;
    }
    walk_comp_iter(w, clauses->items[0]->iter);
    if (w->failed || !enter_scope(w, &expr->as.ListComp.scope, kind, ident, expr->line, &outer)) { return; }
    if (w->mode == OU_WALK_BIND) {
        OuSymbol *symbol = note(w, w->id_iter, OU_DEF_PARAM, expr_span(expr));
        if (symbol == NULL || !ou_arena_push(w->arena, &w->scope->pending_varnames, w->id_iter)) {
            w->failed = true;
            return;
        }
        symbol->param_index = 0;
        symbol->is_touched = true;
        w->scope->arg_count = w->scope->param_count = 1;
    }
    for (uint32_t i = 0; i < clauses->count && !w->failed; i++) {
        OuComprehension *clause = clauses->items[i];
        if (i > 0) { walk_comp_iter(w, clause->iter); }
        walk_comp_target(w, clause->target);
        walk_all(w, &clause->ifs);
        w->scope->is_coroutine = w->scope->is_coroutine || clause->is_async;
    }
    walk_expr(w, expr->as.ListComp.elt);
    if (kind == OU_SCOPE_DICTCOMP) { walk_expr(w, expr->as.DictComp.value); }
    bool is_async = w->scope->is_coroutine && kind != OU_SCOPE_GENEXPR;
    leave_scope(w, &outer);
    if (is_async && is_comprehension(w->scope)) { w->scope->is_coroutine = true; }
}

/* ---- yield and await -------------------------------------------------------------------------- */

static void walk_yield(OuScopeWalk *w, OuExpr *expr) {
    static const char *const places[] = {
        [OU_SCOPE_LISTCOMP] = "list comprehension",
        [OU_SCOPE_SETCOMP] = "set comprehension",
        [OU_SCOPE_DICTCOMP] = "dict comprehension",
        [OU_SCOPE_GENEXPR] = "generator expression",
    };
    OuScope *scope = w->scope;
    if (w->mode == OU_WALK_EMIT) {
        if (!scope->is_function_like) {
            ou_scope_fail(w, expr_span(expr), "'yield' outside function");
        } else if (expr->kind == OU_EXPR_YieldFrom && scope->is_async_def) {
            ou_scope_fail(w, expr_span(expr), "'yield from' inside async function");
        }
    }
    walk_expr(w, expr->as.Yield.value);
    if (w->mode == OU_WALK_BIND) {
        scope->is_generator = true;
        if (is_comprehension(scope)) { ou_scope_fail(w, expr_span(expr), "'yield' inside %s", places[scope->kind]); }
    }
}

static void walk_await(OuScopeWalk *w, OuExpr *expr) {
    OuScope *scope = w->scope;
    if (w->mode == OU_WALK_EMIT) {
        if (!scope->is_function_like) {
            ou_scope_fail(w, expr_span(expr), "'await' outside function");
        } else if (!scope->is_async_def && !is_comprehension(scope)) {
            ou_scope_fail(w, expr_span(expr), "'await' outside async function");
        }
    }
    walk_expr(w, expr->as.Await.value);
    if (w->mode == OU_WALK_BIND && scope->is_function_like) { scope->is_coroutine = true; }
}

/* ---- expressions ------------------------------------------------------------------------------ */

static void note_self_attribute(OuScopeWalk *w, const OuExpr *expr) {
    OuScope *method = w->scope;
    const OuExpr *owner = expr->as.Attribute.value;
    if (w->mode != OU_WALK_EMIT || expr->as.Attribute.ctx != OU_CTX_STORE || method->self_param == NULL ||
        owner->kind != OU_EXPR_Name || owner->as.Name.id != method->self_param) {
        return;
    }
    OuArenaVec *attrs = &method->parent->pending_self_attrs;
    for (uint32_t i = 0; i < attrs->count; i++) {
        if (attrs->items[i] == expr->as.Attribute.attr) { return; }
    }
    w->failed = w->failed || !ou_arena_push(w->arena, attrs, expr->as.Attribute.attr);
}

/* What follows the first child of a node of a spine. */
static void walk_after_first(OuScopeWalk *w, OuExpr *expr) {
    switch ((OuExprKind)expr->kind) {
    case OU_EXPR_BinOp: walk_expr(w, expr->as.BinOp.right); break;
    case OU_EXPR_Attribute:
        if (w->mode == OU_WALK_BIND) { expr->as.Attribute.attr = ou_scope_mangle_in(w, expr->as.Attribute.attr); }
        if (expr->as.Attribute.ctx != OU_CTX_LOAD) {
            check_debug(w, expr->as.Attribute.attr, expr_span(expr), expr->as.Attribute.ctx == OU_CTX_DEL);
        }
        note_self_attribute(w, expr);
        break;
    case OU_EXPR_Subscript: walk_expr(w, expr->as.Subscript.slice); break;
    case OU_EXPR_Call:
        check_keywords(w, &expr->as.Call.keywords, expr_span(expr));
        walk_items(w, &expr->as.Call.args);
        walk_keywords(w, &expr->as.Call.keywords);
        break;
    default: break;
    }
}

static void walk_leaf(OuScopeWalk *w, OuExpr *expr) {
    switch ((OuExprKind)expr->kind) {
    case OU_EXPR_BoolOp: walk_all(w, &expr->as.BoolOp.values); break;
    case OU_EXPR_NamedExpr: walk_walrus(w, expr); break;
    case OU_EXPR_UnaryOp: walk_expr(w, expr->as.UnaryOp.operand); break;
    case OU_EXPR_Lambda: walk_lambda(w, expr); break;
    case OU_EXPR_IfExp:
        walk_expr(w, expr->as.IfExp.test);
        walk_expr(w, expr->as.IfExp.body);
        walk_expr(w, expr->as.IfExp.orelse);
        break;
    case OU_EXPR_Dict:
        for (uint32_t i = 0; i < expr->as.Dict.values.count && !w->failed; i++) {
            walk_expr(w, expr->as.Dict.keys.items[i]);
            walk_expr(w, expr->as.Dict.values.items[i]);
        }
        break;
    case OU_EXPR_Set: walk_items(w, &expr->as.Set.elts); break;
    case OU_EXPR_ListComp: walk_comprehension(w, expr, OU_SCOPE_LISTCOMP, "<listcomp>"); break;
    case OU_EXPR_SetComp: walk_comprehension(w, expr, OU_SCOPE_SETCOMP, "<setcomp>"); break;
    case OU_EXPR_DictComp: walk_comprehension(w, expr, OU_SCOPE_DICTCOMP, "<dictcomp>"); break;
    case OU_EXPR_GeneratorExp: walk_comprehension(w, expr, OU_SCOPE_GENEXPR, "<genexpr>"); break;
    case OU_EXPR_Await: walk_await(w, expr); break;
    case OU_EXPR_Yield:
    case OU_EXPR_YieldFrom: walk_yield(w, expr); break;
    case OU_EXPR_Compare:
        walk_expr(w, expr->as.Compare.left);
        walk_all(w, &expr->as.Compare.comparators);
        break;
    case OU_EXPR_FormattedValue:
        walk_expr(w, expr->as.FormattedValue.value);
        walk_expr(w, expr->as.FormattedValue.format_spec);
        break;
    case OU_EXPR_JoinedStr: walk_all(w, &expr->as.JoinedStr.values); break;
    case OU_EXPR_Starred:
        if (w->mode == OU_WALK_EMIT) {
            ou_scope_fail(w, expr_span(expr),
                          expr->as.Starred.ctx == OU_CTX_STORE ? "starred assignment target must be in a list or tuple"
                                                               : "can't use starred expression here");
        }
        walk_expr(w, expr->as.Starred.value);
        break;
    case OU_EXPR_Name: walk_name(w, expr); break;
    case OU_EXPR_List: walk_list(w, expr, &expr->as.List.elts, expr->as.List.ctx); break;
    case OU_EXPR_Tuple: walk_list(w, expr, &expr->as.Tuple.elts, expr->as.Tuple.ctx); break;
    case OU_EXPR_Slice:
        walk_expr(w, expr->as.Slice.lower);
        walk_expr(w, expr->as.Slice.upper);
        walk_expr(w, expr->as.Slice.step);
        break;
    default: break;
    }
}

static void walk_expr(OuScopeWalk *w, OuExpr *expr) {
    if (expr == NULL || w->failed) { return; }
    uint32_t mark = w->spine.count;
    OuExpr *inner;
    while ((inner = ou_expr_spine_next(expr)) != NULL) {
        if (!ou_arena_push(w->arena, &w->spine, expr)) {
            w->failed = true;
            return;
        }
        expr = inner;
    }
    walk_leaf(w, expr);
    while (w->spine.count > mark && !w->failed) {
        expr = w->spine.items[--w->spine.count];
        walk_after_first(w, expr);
    }
}

/* ---- jumps ------------------------------------------------------------------------------------ */

/* A jump out of a try runs its `finally` first: CPython compiles that body at the jump. */
static void walk_finally_at_jump(OuScopeWalk *w, bool to_loop) {
    OuWalkBlock *saved = w->blocks;
    for (OuWalkBlock *block = saved; block != NULL && !w->failed; block = block->outer) {
        if (to_loop && block->kind == OU_BLOCK_LOOP) { break; }
        if (block->kind == OU_BLOCK_FINALLY && !*block->is_walked) {
            *block->is_walked = true; /* another walk would add no names */
            w->blocks = block->outer;
            walk_body(w, block->finalbody);
        }
    }
    w->blocks = saved;
}

static const OuWalkBlock *find_loop(const OuScopeWalk *w, bool *in_except_star) {
    *in_except_star = false;
    const OuWalkBlock *block = w->blocks;
    while (block != NULL && block->kind != OU_BLOCK_LOOP) {
        *in_except_star = *in_except_star || block->kind == OU_BLOCK_EXCEPT_STAR;
        block = block->outer;
    }
    return block;
}

static const char except_star_text[] = "'break', 'continue' and 'return' cannot appear in an except* block";

static void walk_loop_jump(OuScopeWalk *w, const OuStmt *stmt) {
    bool in_except_star;
    if (w->mode != OU_WALK_EMIT) { return; }
    const OuWalkBlock *loop = find_loop(w, &in_except_star);
    if (in_except_star) {
        ou_scope_fail(w, stmt_span(stmt), "%s", except_star_text);
        return;
    }
    if (loop == NULL) {
        ou_scope_fail(w, stmt_span(stmt), "%s",
                      stmt->kind == OU_STMT_Break ? "'break' outside loop" : "'continue' not properly in loop");
        return;
    }
    walk_finally_at_jump(w, true);
}

static void walk_return(OuScopeWalk *w, const OuStmt *stmt) {
    if (w->mode == OU_WALK_EMIT) {
        if (!w->scope->is_function_like) {
            ou_scope_fail(w, stmt_span(stmt), "'return' outside function");
            return;
        }
        if (stmt->as.Return.value != NULL && w->scope->is_async_def && w->scope->is_generator) {
            ou_scope_fail(w, stmt_span(stmt), "'return' with value in async generator");
            return;
        }
    }
    walk_expr(w, stmt->as.Return.value);
    if (w->mode == OU_WALK_EMIT) {
        for (OuWalkBlock *block = w->blocks; block != NULL; block = block->outer) {
            if (block->kind == OU_BLOCK_EXCEPT_STAR) {
                ou_scope_fail(w, stmt_span(stmt), "%s", except_star_text);
                return;
            }
        }
        walk_finally_at_jump(w, false);
    }
}

/* ---- statements ------------------------------------------------------------------------------- */

static void walk_loop_body(OuScopeWalk *w, const OuStmtSeq *body, const OuStmtSeq *orelse) {
    OuWalkBlock block = {.outer = w->blocks, .kind = OU_BLOCK_LOOP};
    w->blocks = &block;
    walk_body(w, body);
    w->blocks = block.outer;
    walk_body(w, orelse);
}

/* elif chains: in a loop */
static void walk_if(OuScopeWalk *w, const OuStmt *stmt) {
    for (;;) {
        walk_expr(w, stmt->as.If.test);
        walk_body(w, &stmt->as.If.body);
        const OuStmtSeq *orelse = &stmt->as.If.orelse;
        if (w->failed || orelse->count != 1 || orelse->items[0]->kind != OU_STMT_If) {
            walk_body(w, orelse);
            return;
        }
        stmt = orelse->items[0];
    }
}

static void walk_handlers(OuScopeWalk *w, const OuStmt *stmt) {
    const OuExceptHandlerSeq *handlers = &stmt->as.Try.handlers;
    OuWalkBlock block = {.outer = w->blocks, .kind = OU_BLOCK_EXCEPT_STAR};
    for (uint32_t i = 0; i < handlers->count && !w->failed; i++) {
        OuExceptHandler *handler = handlers->items[i];
        if (w->mode == OU_WALK_EMIT && handler->type == NULL && i + 1 < handlers->count) {
            ou_scope_fail(w, handler->at, "default 'except:' must be last");
            return;
        }
        walk_expr(w, handler->type);
        if (handler->name != NULL) { bind(w, handler->name, handler->at); }
        if (stmt->kind == OU_STMT_TryStar) { w->blocks = &block; }
        walk_body(w, &handler->body);
        w->blocks = block.outer;
    }
}

static void walk_try(OuScopeWalk *w, const OuStmt *stmt) {
    bool is_walked = false;
    const OuStmtSeq *finalbody = &stmt->as.Try.finalbody;
    OuWalkBlock block = {.outer = w->blocks, .kind = OU_BLOCK_FINALLY, .finalbody = finalbody, .is_walked = &is_walked};
    if (finalbody->count > 0 && w->mode == OU_WALK_EMIT) { w->blocks = &block; }
    walk_body(w, &stmt->as.Try.body);
    walk_body(w, &stmt->as.Try.orelse);
    walk_handlers(w, stmt);
    w->blocks = block.outer;
    if (!is_walked) { walk_body(w, finalbody); }
}

static void walk_annotated(OuScopeWalk *w, const OuStmt *stmt) {
    OuExpr *target = stmt->as.AnnAssign.target;
    OuExpr *value = stmt->as.AnnAssign.value;
    bool simple = stmt->as.AnnAssign.simple;
    bool is_name = target->kind == OU_EXPR_Name;
    if (w->mode == OU_WALK_BIND && is_name) {
        target->as.Name.id = ou_scope_mangle_in(w, target->as.Name.id);
        OuSymbol *symbol = ou_scope_symbol(w, w->scope, target->as.Name.id);
        bool declared = symbol != NULL && (symbol->flags & (OU_DEF_GLOBAL | OU_DEF_NONLOCAL));
        if (declared && simple && w->scope->kind != OU_SCOPE_MODULE) {
            ou_scope_fail(w, stmt_span(stmt), "annotated name '%s' can't be %s", target->as.Name.id->text,
                          symbol->flags & OU_DEF_GLOBAL ? "global" : "nonlocal");
            return;
        }
        if (symbol != NULL && (simple || value != NULL)) {
            symbol->flags |= OU_DEF_LOCAL | (simple ? OU_DEF_ANNOT : 0u);
        }
    }
    if (w->mode == OU_WALK_BIND) {
        walk_expr(w, value);
        if (!is_name) { walk_expr(w, target); }
        walk_expr(w, stmt->as.AnnAssign.annotation);
        return;
    }
    walk_expr(w, value);
    bool saved = w->silent;
    /* without a value an attribute's owner is still evaluated, a plain name is not */
    if (value != NULL || !is_name) { walk_expr(w, target); }
    w->silent = saved || w->scope->is_function_like; /* annotations of locals are not evaluated */
    walk_expr(w, stmt->as.AnnAssign.annotation);
    w->silent = saved;
}

static void walk_augmented(OuScopeWalk *w, const OuStmt *stmt) {
    OuExpr *target = stmt->as.AugAssign.target;
    walk_expr(w, target); /* loaded first, stored last */
    if (w->mode == OU_WALK_BIND && target->kind == OU_EXPR_Name) {
        note(w, target->as.Name.id, OU_DEF_LOCAL, expr_span(target));
    }
    walk_expr(w, stmt->as.AugAssign.value);
}

static void walk_import(OuScopeWalk *w, const OuStmt *stmt, const OuAliasSeq *names, bool is_from) {
    for (uint32_t i = 0; i < names->count && !w->failed; i++) {
        const OuAlias *alias = names->items[i];
        OuIdent *name = alias->asname != NULL ? alias->asname : alias->name;
        if (ou_ident_is(name, "*")) {
            if (w->scope->kind != OU_SCOPE_MODULE) {
                ou_scope_fail(w, alias->at, "import * only allowed at module level");
            }
            w->scope->uses_locals_dynamically = true;
            continue;
        }
        const char *dot = is_from || alias->asname != NULL ? NULL : strchr(name->text, '.');
        if (dot != NULL) {
            name = ou_ident_intern(w->idents, name->text, (size_t)(dot - name->text));
            if (name == NULL) {
                w->failed = true;
                return;
            }
        }
        check_debug(w, name, stmt_span(stmt), false);
        note(w, ou_scope_mangle_in(w, name), OU_DEF_IMPORT, alias->at);
    }
}

/* ---- patterns --------------------------------------------------------------------------------- */

static void walk_pattern(OuScopeWalk *w, OuPattern *pattern, bool bind_names);

static void walk_patterns(OuScopeWalk *w, const OuPatternSeq *patterns, bool bind_names) {
    for (uint32_t i = 0; i < patterns->count && !w->failed; i++) { walk_pattern(w, patterns->items[i], bind_names); }
}

static void bind_capture(OuScopeWalk *w, OuIdent *name, const OuPattern *pattern, bool bind_names) {
    if (name != NULL && bind_names) {
        bind(w, name, (OuSpan){pattern->line, pattern->col, pattern->end_line, pattern->end_col});
    }
}

/* Values are loaded while matching, captures stored once the whole pattern fits: two rounds. */
static void walk_pattern(OuScopeWalk *w, OuPattern *pattern, bool bind_names) {
    switch ((OuPatternKind)pattern->kind) {
    case OU_PATTERN_MatchValue:
        if (!bind_names) { walk_expr(w, pattern->as.MatchValue.value); }
        break;
    case OU_PATTERN_MatchSequence: walk_patterns(w, &pattern->as.MatchSequence.patterns, bind_names); break;
    case OU_PATTERN_MatchMapping:
        if (!bind_names) { walk_all(w, &pattern->as.MatchMapping.keys); }
        walk_patterns(w, &pattern->as.MatchMapping.patterns, bind_names);
        bind_capture(w, pattern->as.MatchMapping.rest, pattern, bind_names);
        break;
    case OU_PATTERN_MatchClass:
        if (!bind_names) { walk_expr(w, pattern->as.MatchClass.cls); }
        walk_patterns(w, &pattern->as.MatchClass.patterns, bind_names);
        walk_patterns(w, &pattern->as.MatchClass.kwd_patterns, bind_names);
        break;
    case OU_PATTERN_MatchStar: bind_capture(w, pattern->as.MatchStar.name, pattern, bind_names); break;
    case OU_PATTERN_MatchAs:
        if (pattern->as.MatchAs.pattern != NULL) { walk_pattern(w, pattern->as.MatchAs.pattern, bind_names); }
        bind_capture(w, pattern->as.MatchAs.name, pattern, bind_names);
        break;
    case OU_PATTERN_MatchOr: walk_patterns(w, &pattern->as.MatchOr.patterns, bind_names); break;
    default: break;
    }
}

static void walk_match(OuScopeWalk *w, const OuStmt *stmt) {
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

static void walk_with(OuScopeWalk *w, const OuStmt *stmt) {
    for (uint32_t i = 0; i < stmt->as.With.items.count && !w->failed; i++) {
        walk_expr(w, stmt->as.With.items.items[i]->context_expr);
        walk_expr(w, stmt->as.With.items.items[i]->optional_vars);
    }
    walk_body(w, &stmt->as.With.body);
}

static void walk_stmt(OuScopeWalk *w, OuStmt *stmt) {
    switch ((OuStmtKind)stmt->kind) {
    case OU_STMT_FunctionDef:
    case OU_STMT_AsyncFunctionDef: walk_function(w, stmt, stmt->kind == OU_STMT_AsyncFunctionDef); break;
    case OU_STMT_ClassDef: walk_class(w, stmt); break;
    case OU_STMT_Return: walk_return(w, stmt); break;
    case OU_STMT_Delete: walk_all(w, &stmt->as.Delete.targets); break;
    case OU_STMT_Assign:
        walk_expr(w, stmt->as.Assign.value);
        walk_all(w, &stmt->as.Assign.targets);
        break;
    case OU_STMT_AugAssign: walk_augmented(w, stmt); break;
    case OU_STMT_AnnAssign: walk_annotated(w, stmt); break;
    case OU_STMT_For:
    case OU_STMT_AsyncFor:
        if (w->mode == OU_WALK_EMIT && stmt->kind == OU_STMT_AsyncFor && !may_await(w->scope)) {
            ou_scope_fail(w, stmt_span(stmt), "'async for' outside async function");
        }
        walk_expr(w, stmt->as.For.iter);
        walk_expr(w, stmt->as.For.target);
        walk_loop_body(w, &stmt->as.For.body, &stmt->as.For.orelse);
        break;
    case OU_STMT_While:
        walk_expr(w, stmt->as.While.test);
        walk_loop_body(w, &stmt->as.While.body, &stmt->as.While.orelse);
        break;
    case OU_STMT_If: walk_if(w, stmt); break;
    case OU_STMT_With:
    case OU_STMT_AsyncWith:
        if (w->mode == OU_WALK_EMIT && stmt->kind == OU_STMT_AsyncWith && !may_await(w->scope)) {
            ou_scope_fail(w, stmt_span(stmt), "'async with' outside async function");
        }
        walk_with(w, stmt);
        break;
    case OU_STMT_Match: walk_match(w, stmt); break;
    case OU_STMT_Raise:
        walk_expr(w, stmt->as.Raise.exc);
        walk_expr(w, stmt->as.Raise.cause);
        break;
    case OU_STMT_Try:
    case OU_STMT_TryStar: walk_try(w, stmt); break;
    case OU_STMT_Assert:
        walk_expr(w, stmt->as.Assert.test);
        walk_expr(w, stmt->as.Assert.msg);
        break;
    case OU_STMT_Import: walk_import(w, stmt, &stmt->as.Import.names, false); break;
    case OU_STMT_ImportFrom: walk_import(w, stmt, &stmt->as.ImportFrom.names, true); break;
    case OU_STMT_Global: declare(w, stmt, true); break;
    case OU_STMT_Nonlocal: declare(w, stmt, false); break;
    case OU_STMT_Expr: walk_expr(w, stmt->as.Expr.value); break;
    case OU_STMT_Break:
    case OU_STMT_Continue: walk_loop_jump(w, stmt); break;
    default: break;
    }
}

static void walk_body(OuScopeWalk *w, const OuStmtSeq *body) {
    for (uint32_t i = 0; i < body->count && !w->failed; i++) { walk_stmt(w, body->items[i]); }
}

bool ou_scope_walk_module(OuScopeWalk *w, OuModule *module) {
    if (module->kind == OU_MODULE_EXPRESSION) {
        walk_expr(w, module->expression);
    } else {
        walk_body(w, &module->body);
    }
    return !w->failed;
}
