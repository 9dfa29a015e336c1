/* Simple statements, and the way to the compound ones. */
#include "compiler/gen.h"

#include <string.h>

static const OuExprSeq *parts_of(const OuExpr *e) {
    return e->kind == OU_EXPR_Tuple ? &e->as.Tuple.elts : e->kind == OU_EXPR_List ? &e->as.List.elts : NULL;
}

/* a, b = x, y (or three): no tuple is made. Old values of plain locals die last to first, as CPython's compiler has it
 * by exchanging the stores; everything else is stored in order. */
static bool assign_parallel(OuGen *g, const OuExpr *target, const OuExpr *value) {
    const OuExprSeq *into = parts_of(target);
    if (into == NULL || value->kind != OU_EXPR_Tuple || into->count != value->as.Tuple.elts.count || into->count < 2 ||
        into->count > 3) {
        return false;
    }
    bool locals = true;
    for (uint32_t i = 0; i < into->count; i++) {
        const OuExpr *part = into->items[i];
        if (part->kind == OU_EXPR_Starred || value->as.Tuple.elts.items[i]->kind == OU_EXPR_Starred) { return false; }
        locals = locals && part->kind == OU_EXPR_Name && ou_name_target(g, part->as.Name.id) != OU_ANY;
        for (uint32_t j = 0; locals && j < i; j++) { locals = part->as.Name.id != into->items[j]->as.Name.id; }
    }
    OuReg first = g->next_temp;
    for (uint32_t i = 0; i < into->count; i++) { ou_expr_to(g, value->as.Tuple.elts.items[i], ou_temp(g)); }
    for (uint32_t i = 0; i < into->count; i++) {
        uint32_t at = locals ? into->count - 1 - i : i;
        ou_store(g, into->items[at], first + (OuReg)at);
    }
    return true;
}

static void assign(OuGen *g, const OuStmt *s) {
    const OuExprSeq *targets = &s->as.Assign.targets;
    const OuExpr *only = targets->items[0];
    if (targets->count == 1 && assign_parallel(g, only, s->as.Assign.value)) { return; }
    if (targets->count == 1 && only->kind == OU_EXPR_Name) {
        OuReg local = ou_name_target(g, only->as.Name.id);
        if (local != OU_ANY) {
            ou_expr_to(g, s->as.Assign.value, local);
            ou_mark_assigned(g, local);
            return;
        }
    }
    OuReg value = ou_expr(g, s->as.Assign.value);
    /* A local assigned to several targets, or one whose own target may rebind it, is read from a copy. */
    if (!ou_is_temp(g, value) && (targets->count > 1 || only->kind == OU_EXPR_Tuple || only->kind == OU_EXPR_List)) {
        OuReg copy = ou_temp(g);
        ou_emit(g, OP_MOVE, (uint32_t)copy, (uint32_t)value, 0);
        value = copy;
    }
    for (uint32_t i = 0; i < targets->count; i++) {
        OuReg mark = g->next_temp;
        if (i + 1 < targets->count) {
            OuReg copy = ou_temp(g);
            ou_emit(g, OP_MOVE, (uint32_t)copy, (uint32_t)value, 0);
            ou_store(g, targets->items[i], copy);
        } else {
            ou_store(g, targets->items[i], value);
        }
        g->next_temp = mark;
    }
}

static void inplace(OuGen *g, const OuStmt *s, OuReg dst, OuReg left) {
    const OuExpr *right = s->as.AugAssign.value;
    OuOperator op = s->as.AugAssign.op;
    OuReg mark = g->next_temp;
    if ((op == OU_OP_Add || op == OU_OP_Sub) && right->kind == OU_EXPR_Constant) {
        OuUnitConst constant;
        if (ou_gen_const_from(g, &right->as.Constant.value, &constant)) {
            uint32_t index = ou_gen_const(g, &constant);
            if (index < 256) {
                ou_at_stmt(g, s);
                ou_emit(g, op == OU_OP_Add ? OP_IADDK : OP_ISUBK, (uint32_t)dst, (uint32_t)left, index);
                return;
            }
        }
    }
    if (!ou_is_temp(g, left) && ou_expr_binds(right)) {
        OuReg copy = ou_temp(g);
        ou_emit(g, OP_MOVE, (uint32_t)copy, (uint32_t)left, 0);
        left = copy;
    }
    OuReg value = ou_expr(g, right);
    ou_at_stmt(g, s);
    OuOpcode code = op == OU_OP_Add ? OP_IADD : op == OU_OP_Sub ? OP_ISUB : op == OU_OP_Mult ? OP_IMUL : OP_INPLACE;
    ou_emit(g, code, (uint32_t)dst, (uint32_t)left, (uint32_t)value);
    if (code == OP_INPLACE) { ou_emit_word(g, (uint32_t)ou_binary_code(op)); }
    g->next_temp = mark;
}

static void attribute_words(OuGen *g, const OuExpr *target) {
    ou_emit_word(g, ou_gen_name(g, ou_scope_mangle(g->scope, target->as.Attribute.attr)));
    ou_emit_word(g, 0);
    ou_emit_word(g, 0);
    ou_emit_word(g, 0);
}

/* The register, or for a temporary a copy of it that an instruction may consume. */
static OuReg keep(OuGen *g, OuReg reg) {
    if (!ou_is_temp(g, reg)) { return reg; }
    OuReg copy = ou_temp(g);
    ou_emit(g, OP_MOVE, (uint32_t)copy, (uint32_t)reg, 0);
    return copy;
}

static void aug_assign(OuGen *g, const OuStmt *s) {
    const OuExpr *target = s->as.AugAssign.target;
    OuReg mark = g->next_temp;
    if (target->kind == OU_EXPR_Name) {
        ou_at_expr(g, target);
        OuReg value = ou_load_name(g, target->as.Name.id, OU_ANY);
        OuReg local = ou_name_target(g, target->as.Name.id);
        inplace(g, s, value, value);
        if (local == OU_ANY) {
            ou_at_stmt(g, s);
            ou_store_name(g, target->as.Name.id, value);
        }
    } else if (target->kind == OU_EXPR_Attribute) {
        OuReg object = ou_operand(g, target->as.Attribute.value, s->as.AugAssign.value);
        OuReg value = keep(g, object);
        OuReg home = ou_is_temp(g, value) ? value : ou_temp(g);
        ou_at_expr(g, target);
        ou_emit(g, OP_LOAD_ATTR, (uint32_t)home, (uint32_t)value, 0);
        attribute_words(g, target);
        inplace(g, s, home, home);
        ou_at_expr(g, target);
        ou_emit(g, OP_STORE_ATTR, (uint32_t)object, (uint32_t)home, 0);
        attribute_words(g, target);
    } else {
        OuReg object = ou_operand(g, target->as.Subscript.value, target->as.Subscript.slice);
        int constant = ou_small_const(g, target->as.Subscript.slice);
        OuReg key = constant >= 0 ? constant : ou_operand(g, target->as.Subscript.slice, s->as.AugAssign.value);
        if (!ou_is_temp(g, object) && ou_expr_binds(s->as.AugAssign.value)) {
            object = ou_temp(g);
            ou_load_name(g, target->as.Subscript.value->as.Name.id, object);
        }
        OuReg home = ou_temp(g);
        OuReg object_copy = keep(g, object), key_copy = constant >= 0 ? key : keep(g, key);
        ou_at_expr(g, target);
        ou_emit(g, constant >= 0 ? OP_GETITEMK : OP_GETITEM, (uint32_t)home, (uint32_t)object_copy, (uint32_t)key_copy);
        g->next_temp = home + 1;
        inplace(g, s, home, home);
        ou_at_expr(g, target);
        ou_emit(g, constant >= 0 ? OP_SETITEMK : OP_SETITEM, (uint32_t)object, (uint32_t)key, (uint32_t)home);
    }
    g->next_temp = mark;
}

static void ann_assign(OuGen *g, const OuStmt *s) {
    const OuExpr *target = s->as.AnnAssign.target;
    OuReg mark = g->next_temp;
    if (s->as.AnnAssign.value != NULL) {
        OuReg value = ou_expr(g, s->as.AnnAssign.value);
        ou_store(g, target, value);
        g->next_temp = mark;
    }
    if (g->scope->is_function_like) { return; }
    if (s->as.AnnAssign.simple && target->kind == OU_EXPR_Name) {
        ou_at_stmt(g, s);
        ou_emit(g, OP_ANNOTATIONS, 0, 0, 0);
        OuReg value = ou_temp(g), names = ou_temp(g), key = ou_temp(g);
        ou_expr_to(g, s->as.AnnAssign.annotation, value);
        uint32_t name = ou_gen_name_text(g, "__annotations__", 15);
        ou_emit_wide(g, g->scope->kind == OU_SCOPE_CLASS ? OP_LOAD_NAME : OP_LOAD_GLOBAL, (uint32_t)names, name);
        if (g->scope->kind != OU_SCOPE_CLASS) {
            ou_emit_word(g, 0);
            ou_emit_word(g, 0);
            ou_emit_word(g, 0);
        }
        OuIdent *mangled = ou_scope_mangle(g->scope, target->as.Name.id);
        ou_load_text(g, key, mangled->text, mangled->len);
        ou_emit(g, OP_SETITEM, (uint32_t)names, (uint32_t)key, (uint32_t)value);
    } else {
        if (s->as.AnnAssign.value == NULL && target->kind == OU_EXPR_Attribute) {
            OuReg object = ou_expr(g, target->as.Attribute.value);
            if (ou_is_temp(g, object)) { ou_emit(g, OP_DROP, (uint32_t)object, 0, 0); }
            g->next_temp = mark;
        }
        OuReg value = ou_expr(g, s->as.AnnAssign.annotation);
        if (ou_is_temp(g, value)) { ou_emit(g, OP_DROP, (uint32_t)value, 0, 0); }
    }
    g->next_temp = mark;
}

static void raise(OuGen *g, const OuStmt *s) {
    OuReg mark = g->next_temp;
    if (s->as.Raise.exc == NULL) {
        ou_at_stmt(g, s);
        ou_emit(g, OP_RAISE_AGAIN, 0, 0, 0);
        return;
    }
    if (s->as.Raise.cause == NULL) {
        OuReg exc = ou_expr(g, s->as.Raise.exc);
        ou_at_stmt(g, s);
        ou_emit(g, OP_RAISE, (uint32_t)exc, 0, 0);
    } else {
        OuReg exc = ou_operand(g, s->as.Raise.exc, s->as.Raise.cause);
        OuReg cause = ou_expr(g, s->as.Raise.cause);
        ou_at_stmt(g, s);
        ou_emit(g, OP_RAISE_FROM, (uint32_t)exc, (uint32_t)cause, 0);
    }
    g->next_temp = mark;
}

static void assertion(OuGen *g, const OuStmt *s) {
    if (g->optimize) { return; }
    OuReg mark = g->next_temp;
    uint32_t end = ou_label_new(g);
    OuRegSet before = g->assigned;
    ou_condition(g, s->as.Assert.test, end, true);
    OuReg callee = ou_temp(g);
    ou_at_stmt(g, s);
    ou_emit(g, OP_ASSERTION_ERROR, (uint32_t)callee, 0, 0);
    if (s->as.Assert.msg != NULL) {
        ou_expr_to(g, s->as.Assert.msg, ou_temp(g));
        ou_at_stmt(g, s);
        ou_emit(g, OP_CALL, (uint32_t)callee, 1, (uint32_t)callee);
    }
    g->position = (OuPosition){s->as.Assert.test->line, s->as.Assert.test->col, s->as.Assert.test->end_line,
                               s->as.Assert.test->end_col};
    ou_emit(g, OP_RAISE, (uint32_t)callee, 0, 0);
    ou_label_here(g, end);
    g->assigned = before;
    g->next_temp = mark;
}

/* --- imports -------------------------------------------------------------------------------------------------- */

static uint32_t text_const(OuGen *g, const char *text, uint32_t length) {
    OuUnitConst constant = {.kind = OU_UNIT_STR, .as.text = {text, length}};
    return ou_gen_const(g, &constant);
}

static void emit_import(OuGen *g, OuReg dst, const char *name, uint32_t length, int level, uint32_t names) {
    ou_emit_wide(g, OP_IMPORT, (uint32_t)dst, text_const(g, name, length));
    ou_emit_word(g, (uint32_t)level);
    ou_emit_word(g, names);
}

static void import_from_words(OuGen *g, OuReg dst, OuReg module, const OuIdent *name) {
    ou_emit(g, OP_IMPORT_FROM, (uint32_t)dst, (uint32_t)module, 0);
    ou_emit_word(g, ou_gen_name(g, name));
}

static void import(OuGen *g, const OuStmt *s) {
    for (uint32_t i = 0; i < s->as.Import.names.count; i++) {
        const OuAlias *alias = s->as.Import.names.items[i];
        OuReg mark = g->next_temp;
        OuReg module = ou_temp(g);
        const char *dot = memchr(alias->name->text, '.', alias->name->len);
        ou_at_stmt(g, s);
        emit_import(g, module, alias->name->text, alias->name->len, 0, UINT32_MAX);
        if (alias->asname == NULL && dot != NULL) {
            OuIdent *top = ou_ident_intern((OuIdentTable *)(uintptr_t)g->scope->idents, alias->name->text,
                                           (size_t)(dot - alias->name->text));
            if (top == NULL) {
                g->failed = true;
                ou_source_error(g->error, OU_ERR_MEMORY, 0, 0, 0, 0, "out of memory");
                return;
            }
            ou_store_name(g, top, module);
        } else {
            while (dot != NULL) { /* import a.b.c as x binds the innermost one */
                const char *part = dot + 1;
                const char *end = alias->name->text + alias->name->len;
                dot = memchr(part, '.', (size_t)(end - part));
                OuIdent *name = ou_ident_intern((OuIdentTable *)(uintptr_t)g->scope->idents, part,
                                                (size_t)((dot != NULL ? dot : end) - part));
                OuReg inner = ou_temp(g);
                if (name == NULL) { return; }
                import_from_words(g, inner, module, name);
                ou_emit(g, OP_TAKE, (uint32_t)module, (uint32_t)inner, 0);
                g->next_temp = inner;
            }
            ou_store_name(g, alias->asname != NULL ? alias->asname : alias->name, module);
        }
        g->next_temp = mark;
    }
}

static bool future_import(OuGen *g, const OuStmt *s) {
    if (s->as.ImportFrom.module == NULL || s->as.ImportFrom.level != 0 ||
        !ou_ident_is(s->as.ImportFrom.module, "__future__")) {
        return false;
    }
    for (uint32_t i = 0; i < s->as.ImportFrom.names.count; i++) {
        if (ou_ident_is(s->as.ImportFrom.names.items[i]->name, "annotations")) {
            ou_gen_unsupported(g, s->line, s->col, "'from __future__ import annotations'");
        }
    }
    return false;
}

static void import_from(OuGen *g, const OuStmt *s) {
    future_import(g, s);
    const OuAliasSeq *names = &s->as.ImportFrom.names;
    OuReg mark = g->next_temp;
    OuReg module = ou_temp(g);
    OuUnitConst list = {.kind = OU_UNIT_TUPLE};
    list.as.tuple.count = names->count;
    list.as.tuple.items = ou_arena_array(g->arena, names->count, sizeof(OuUnitConst));
    if (list.as.tuple.items == NULL) {
        g->failed = true;
        ou_source_error(g->error, OU_ERR_MEMORY, 0, 0, 0, 0, "out of memory");
        return;
    }
    for (uint32_t i = 0; i < names->count; i++) {
        const OuIdent *name = names->items[i]->name;
        list.as.tuple.items[i] = (OuUnitConst){.kind = OU_UNIT_STR, .as.text = {name->text, name->len}};
    }
    const OuIdent *from = s->as.ImportFrom.module;
    ou_at_stmt(g, s);
    emit_import(g, module, from != NULL ? from->text : "", from != NULL ? from->len : 0, s->as.ImportFrom.level,
                ou_gen_const(g, &list));
    if (names->count == 1 && ou_ident_is(names->items[0]->name, "*")) {
        if (g->scope->kind != OU_SCOPE_MODULE) {
            ou_gen_error(g, s->line, s->col, s->end_line, s->end_col, "import * only allowed at module level");
        }
        ou_emit(g, OP_IMPORT_STAR, (uint32_t)module, 0, 0);
        g->next_temp = mark;
        return;
    }
    for (uint32_t i = 0; i < names->count; i++) {
        const OuAlias *alias = names->items[i];
        OuReg value = ou_temp(g);
        ou_at_stmt(g, s);
        import_from_words(g, value, module, alias->name);
        ou_store_name(g, alias->asname != NULL ? alias->asname : alias->name, value);
        g->next_temp = value;
    }
    ou_emit(g, OP_DROP, (uint32_t)module, 0, 0);
    g->next_temp = mark;
}

/* --- all statements -------------------------------------------------------------------------------------------- */

static void expression(OuGen *g, const OuStmt *s) {
    const OuExpr *e = s->as.Expr.value;
    OuReg mark = g->next_temp;
    if (e->kind == OU_EXPR_Constant && !g->interactive) { return; }
    OuReg value = ou_expr(g, e);
    if (g->interactive && g->scope->kind == OU_SCOPE_MODULE) {
        ou_at_stmt(g, s);
        ou_emit(g, OP_PRINT, (uint32_t)value, 0, 0);
    } else if (ou_is_temp(g, value)) {
        ou_emit(g, OP_DROP, (uint32_t)value, 0, 0);
    }
    g->next_temp = mark;
}

static void statement(OuGen *g, const OuStmt *s) {
    ou_at_stmt(g, s);
    switch ((OuStmtKind)s->kind) {
    case OU_STMT_FunctionDef: ou_function_def(g, s); break;
    case OU_STMT_ClassDef: ou_class_def(g, s); break;
    case OU_STMT_Return: ou_return(g, s->as.Return.value); break;
    case OU_STMT_Delete:
        for (uint32_t i = 0; i < s->as.Delete.targets.count; i++) { ou_delete(g, s->as.Delete.targets.items[i]); }
        break;
    case OU_STMT_Assign: assign(g, s); break;
    case OU_STMT_AugAssign: aug_assign(g, s); break;
    case OU_STMT_AnnAssign: ann_assign(g, s); break;
    case OU_STMT_For: ou_block_for(g, s); break;
    case OU_STMT_While: ou_block_while(g, s); break;
    case OU_STMT_If: ou_block_if(g, s); break;
    case OU_STMT_With: ou_block_with(g, s); break;
    case OU_STMT_Try: ou_block_try(g, s); break;
    case OU_STMT_Raise: raise(g, s); break;
    case OU_STMT_Assert: assertion(g, s); break;
    case OU_STMT_Import: import(g, s); break;
    case OU_STMT_ImportFrom: import_from(g, s); break;
    case OU_STMT_Expr: expression(g, s); break;
    case OU_STMT_Break:
    case OU_STMT_Continue: ou_break_continue(g, s->kind == OU_STMT_Break); break;
    case OU_STMT_AsyncFunctionDef: ou_gen_unsupported(g, s->line, s->col, "'async def'"); break;
    case OU_STMT_AsyncFor: ou_gen_unsupported(g, s->line, s->col, "'async for'"); break;
    case OU_STMT_AsyncWith: ou_gen_unsupported(g, s->line, s->col, "'async with'"); break;
    case OU_STMT_Match: ou_gen_unsupported(g, s->line, s->col, "'match'"); break;
    case OU_STMT_TryStar: ou_gen_unsupported(g, s->line, s->col, "'except*'"); break;
    default: break;
    }
}

/* No temporary outlives its statement. */
void ou_statement(OuGen *g, const OuStmt *s) {
    OuReg mark = g->next_temp;
    statement(g, s);
    g->next_temp = mark;
}

void ou_statements(OuGen *g, const OuStmtSeq *body) {
    for (uint32_t i = 0; i < body->count && !g->failed; i++) { ou_statement(g, body->items[i]); }
}
