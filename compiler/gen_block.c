/* Compound statements: if, while, for, try, with; and the ways out of them.
 *
 * finally bodies and context exits are compiled in line on every way out. While the code that leaves a block is
 * emitted, the protected ranges of that block and of those inside it are closed, and opened again behind it: an
 * exception in a cleanup is not caught by what it cleans up. */
#include "compiler/gen.h"

#include <string.h>

static void block_push(OuGen *g, OuBlock *block, OuBlockKind kind) {
    *block = (OuBlock){.outer = g->block, .kind = kind, .temp = OU_ANY, .order = ++g->block_order};
    g->block = block;
}

/* From here on exceptions go to `label`, with temporaries from `depth` up released. */
static void block_protect(OuGen *g, OuBlock *block, uint32_t label, OuReg depth) {
    block->protects = true;
    block->handler_label = label;
    block->handler_depth = depth;
    block->range_start = g->code.count;
}

static void range_close(OuGen *g, OuBlock *block) {
    if (block->protects) {
        ou_range_add(g, block->range_start, g->code.count, block->handler_label, block->handler_depth, block->order);
        block->range_start = UINT32_MAX;
    }
}

static void block_pop(OuGen *g, OuBlock *block) {
    range_close(g, block);
    g->block = block->outer;
}

/* Code that leaves all blocks inside `until`; `result` is the temporary that the function returns meanwhile, which a
 * way out of a finally body gives up. */
static void leave_blocks(OuGen *g, OuBlock *until, OuReg result) {
    for (OuBlock *block = g->block; block != until; block = block->outer) {
        range_close(g, block);
        g->block = block->outer;
        switch (block->kind) {
        case OU_BLOCK_LOOP:
            if (block->temp != OU_ANY) { ou_emit(g, OP_DROP, block->temp, 0, 0); }
            break;
        case OU_BLOCK_FINALLY: {
            OuRegSet before = g->assigned;
            OuBlock value;
            if (result != OU_ANY) {
                block_push(g, &value, OU_BLOCK_VALUE);
                value.temp = result;
            }
            ou_statements(g, block->final_body);
            g->assigned = before;
            g->block = block->outer;
            break;
        }
        case OU_BLOCK_VALUE: ou_emit(g, OP_DROP, block->temp, 0, 0); break;
        case OU_BLOCK_WITH:
            ou_emit_open(g, -1);
            ou_emit(g, OP_WITH_EXIT, block->temp, 0, 0);
            break;
        case OU_BLOCK_HANDLER:
            ou_emit(g, OP_EXC_END, block->temp, 0, 0);
            if (block->name != NULL) { ou_delete_name(g, block->name, true); }
            break;
        case OU_BLOCK_TRY: break;
        }
    }
}

static void blocks_reopen(OuGen *g, OuBlock *innermost, OuBlock *until) {
    for (OuBlock *block = innermost; block != until; block = block->outer) { block->range_start = g->code.count; }
    g->block = innermost;
}

/* What follows cannot be reached: every local counts as bound there. */
static void unreachable(OuGen *g) {
    for (int i = 0; i < OU_GEN_SET_WORDS; i++) { g->assigned.bits[i] = ~g->unsafe.bits[i]; }
}

void ou_return(OuGen *g, const OuExpr *value) {
    OuBlock *innermost = g->block;
    OuPosition position = g->position;
    bool runs_code = false;
    for (OuBlock *block = g->block; block != NULL; block = block->outer) {
        runs_code |= block->kind != OU_BLOCK_LOOP && block->kind != OU_BLOCK_TRY;
    }
    bool none = value == NULL || ou_expr_is_constant(value, OU_UNIT_NONE);
    OuReg result = OU_ANY;
    if (!none) {
        result = ou_expr(g, value);
        if (runs_code && !ou_is_temp(g, result)) { result = ou_copy(g, result); }
    }
    g->position = position;
    leave_blocks(g, NULL, runs_code ? result : OU_ANY);
    g->position = position;
    ou_emit(g, none ? OP_RETURN_NONE : OP_RETURN, none ? 0 : result, 0, 0);
    blocks_reopen(g, innermost, NULL);
    unreachable(g);
}

void ou_break_continue(OuGen *g, bool is_break) {
    OuBlock *innermost = g->block, *loop = g->block;
    while (loop != NULL && loop->kind != OU_BLOCK_LOOP) { loop = loop->outer; }
    if (loop == NULL) { return; /* reported by the scope pass */ }
    OuBlock *until = is_break ? loop->outer : loop;
    uint32_t label = is_break ? loop->break_label : loop->continue_label;
    leave_blocks(g, until, OU_ANY);
    ou_jump(g, label);
    blocks_reopen(g, innermost, until);
    unreachable(g);
}

void ou_block_if(OuGen *g, const OuStmt *s) {
    uint32_t end = ou_label_new(g);
    OuRegSet joined;
    memset(&joined, 0xff, sizeof joined);
    for (;;) {
        uint32_t next = ou_label_new(g);
        g->position = s->at;
        OuPosition at = s->at;
        ou_condition(g, s->as.If.test, next, false, &at);
        OuRegSet before = g->assigned;
        ou_statements(g, &s->as.If.body);
        ou_set_intersect(&joined, &g->assigned);
        if (s->as.If.orelse.count > 0) { ou_jump(g, end); }
        ou_label_here(g, next);
        g->assigned = before;
        const OuStmt *elif = ou_stmt_elif(s);
        if (elif == NULL) { break; }
        s = elif;
    }
    ou_statements(g, &s->as.If.orelse);
    ou_set_intersect(&joined, &g->assigned);
    ou_label_here(g, end);
    g->assigned = joined;
}

static bool is_true(const OuExpr *e) {
    return ou_expr_is_constant(e, OU_UNIT_TRUE) ||
           (ou_expr_is_constant(e, OU_UNIT_INT) && e->as.Constant.value.as.integer != 0);
}

void ou_block_while(OuGen *g, const OuStmt *s) {
    OuBlock loop;
    block_push(g, &loop, OU_BLOCK_LOOP);
    loop.break_label = ou_label_new(g);
    loop.continue_label = ou_label_new(g);
    uint32_t body = ou_label_new(g);
    OuRegSet before = g->assigned;
    if (!is_true(s->as.While.test)) { ou_jump(g, loop.continue_label); }
    ou_label_here(g, body);
    ou_statements(g, &s->as.While.body);
    g->assigned = before;
    ou_label_here(g, loop.continue_label);
    g->position = s->as.While.test->at;
    if (is_true(s->as.While.test)) {
        ou_emit_jump(g, OP_LOOP, 0, 0, 0, body);
    } else {
        OuPosition at = s->at;
        ou_condition(g, s->as.While.test, body, true, &at);
    }
    block_pop(g, &loop);
    ou_statements(g, &s->as.While.orelse);
    g->assigned = before;
    ou_label_here(g, loop.break_label);
}

void ou_block_for(OuGen *g, const OuStmt *s) {
    OuReg mark = g->next_temp;
    OuReg iterator = ou_temp(g);
    g->next_temp = mark;
    OuReg value = ou_expr(g, s->as.For.iter);
    ou_emit_at(g, s->at, OP_GET_ITER, iterator, value, 0);
    g->next_temp = iterator + 1;
    OuBlock loop;
    block_push(g, &loop, OU_BLOCK_LOOP);
    loop.temp = iterator;
    loop.break_label = ou_label_new(g);
    loop.continue_label = ou_label_new(g);
    uint32_t body = ou_label_new(g);
    OuRegSet before = g->assigned;
    ou_jump(g, loop.continue_label);
    ou_label_here(g, body);
    OuReg item = ou_store_item(g, s->as.For.target);
    ou_statements(g, &s->as.For.body);
    g->assigned = before;
    ou_label_here(g, loop.continue_label);
    ou_emit_jump_at(g, s->at, OP_FOR_ITER, iterator, item, 0, body);
    block_pop(g, &loop);
    g->next_temp = mark;
    ou_statements(g, &s->as.For.orelse);
    g->assigned = before;
    ou_label_here(g, loop.break_label);
}

/* Behind `label`, where exceptions arrive: takes the exception into a pair of temporaries, which are returned, and
 * opens the block in which it is handled. */
static OuReg handler_begin(OuGen *g, uint32_t label, OuBlock *handling) {
    ou_label_here(g, label);
    OuReg home = ou_temp(g);
    ou_temp(g);
    ou_emit(g, OP_EXC_BEGIN, home, 0, 0);
    block_push(g, handling, OU_BLOCK_HANDLER);
    handling->temp = home;
    block_protect(g, handling, ou_label_new(g), home + 2);
    return home;
}

/* The end of every handler: an exception inside it puts the handled one back and goes on. */
static void handler_end(OuGen *g, OuBlock *handling) {
    OuReg home = handling->temp;
    block_pop(g, handling);
    ou_label_here(g, handling->handler_label);
    g->next_temp = home + 2;
    OuReg raised = ou_temp(g);
    ou_emit(g, OP_EXC_END, home, 0, 0);
    ou_emit(g, OP_RERAISE, raised, 0, 0);
    g->next_temp = home;
}

static void handler_body(OuGen *g, const OuExceptHandler *handler, OuBlock *outer_block, OuReg home, uint32_t end) {
    OuBlock named;
    uint32_t name_cleanup = 0;
    outer_block->name = handler->name;
    if (handler->name != NULL) {
        OuReg copy = ou_copy(g, home);
        ou_store_name(g, handler->name, copy);
        g->next_temp = copy;
        name_cleanup = ou_label_new(g);
        block_push(g, &named, OU_BLOCK_TRY);
        block_protect(g, &named, name_cleanup, g->next_temp);
    }
    ou_statements(g, &handler->body);
    if (handler->name != NULL) { block_pop(g, &named); }
    /* Leaving the handler is not protected by its own cleanup. */
    range_close(g, outer_block);
    OuRegSet after = g->assigned;
    ou_emit(g, OP_EXC_END, home, 0, 0);
    if (handler->name != NULL) { ou_delete_name(g, handler->name, true); }
    ou_jump(g, end);
    outer_block->range_start = g->code.count;
    outer_block->name = NULL;
    if (handler->name != NULL) {
        ou_label_here(g, name_cleanup);
        OuReg mark = g->next_temp;
        OuReg raised = ou_temp(g);
        ou_delete_name(g, handler->name, true);
        ou_emit(g, OP_RERAISE, raised, 0, 0);
        g->next_temp = mark;
    }
    g->assigned = after;
}

static void try_except(OuGen *g, const OuStmt *s) {
    OuBlock block, handling;
    uint32_t handlers = ou_label_new(g), end = ou_label_new(g);
    OuRegSet before = g->assigned;
    block_push(g, &block, OU_BLOCK_TRY);
    block_protect(g, &block, handlers, g->next_temp);
    ou_statements(g, &s->as.Try.body);
    block_pop(g, &block);
    ou_statements(g, &s->as.Try.orelse);
    OuRegSet joined = g->assigned;
    ou_jump(g, end);
    OuReg home = handler_begin(g, handlers, &handling);
    bool catches_all = false;
    for (uint32_t i = 0; i < s->as.Try.handlers.count; i++) {
        const OuExceptHandler *handler = s->as.Try.handlers.items[i];
        uint32_t next = ou_label_new(g);
        g->assigned = before;
        g->position = handler->at;
        if (handler->type != NULL) {
            OuReg type = ou_expr(g, handler->type);
            ou_emit_jump_at(g, handler->at, OP_JNOMATCH, home, type, 0, next);
            g->next_temp = home + 2;
        } else {
            catches_all = true;
        }
        handler_body(g, handler, &handling, home, end);
        ou_set_intersect(&joined, &g->assigned);
        ou_label_here(g, next);
    }
    if (!catches_all) { ou_emit(g, OP_RERAISE, home, 0, 0); }
    handler_end(g, &handling);
    ou_label_here(g, end);
    g->assigned = joined;
}

void ou_block_try(OuGen *g, const OuStmt *s) {
    if (s->as.Try.finalbody.count == 0) {
        try_except(g, s);
        return;
    }
    OuBlock block, handling;
    uint32_t exceptional = ou_label_new(g), end = ou_label_new(g);
    OuRegSet before = g->assigned;
    block_push(g, &block, OU_BLOCK_FINALLY);
    block.final_body = &s->as.Try.finalbody;
    block_protect(g, &block, exceptional, g->next_temp);
    if (s->as.Try.handlers.count > 0) {
        try_except(g, s);
    } else {
        ou_statements(g, &s->as.Try.body);
    }
    block_pop(g, &block);
    ou_statements(g, &s->as.Try.finalbody);
    OuRegSet after = g->assigned;
    ou_jump(g, end);
    g->assigned = before;
    OuReg home = handler_begin(g, exceptional, &handling);
    ou_statements(g, &s->as.Try.finalbody);
    ou_emit(g, OP_RERAISE, home, 0, 0);
    handler_end(g, &handling);
    ou_label_here(g, end);
    g->assigned = after;
}

void ou_block_with(OuGen *g, const OuStmt *s, uint32_t index) {
    if (index == s->as.With.items.count) {
        ou_statements(g, &s->as.With.body);
        return;
    }
    const OuWithItem *item = s->as.With.items.items[index];
    OuReg mark = g->next_temp;
    OuReg manager = ou_temp(g);
    OuReg second = ou_temp(g);
    g->next_temp = second;
    ou_expr_to(g, item->context_expr, manager);
    g->next_temp = second + 1;
    OuReg local = OU_ANY;
    if (item->optional_vars != NULL && item->optional_vars->kind == OU_EXPR_Name) {
        local = ou_name_target(g, item->optional_vars->as.Name.id);
    }
    OuReg value = local != OU_ANY ? local : ou_temp(g);
    ou_emit_at(g, s->at, OP_WITH_ENTER, manager, value, 0);
    OuBlock block, handling;
    uint32_t exceptional = ou_label_new(g), end = ou_label_new(g), swallow = ou_label_new(g);
    OuRegSet before = g->assigned;
    block_push(g, &block, OU_BLOCK_WITH);
    block.temp = manager;
    block_protect(g, &block, exceptional, manager + 2);
    ou_emit_open(g, 1);
    if (local != OU_ANY) {
        ou_mark_assigned(g, local);
        before = g->assigned;
    } else if (item->optional_vars != NULL) {
        ou_store(g, item->optional_vars, value);
    } else {
        ou_emit(g, OP_DROP, value, 0, 0);
    }
    g->next_temp = manager + 2;
    ou_block_with(g, s, index + 1);
    block_pop(g, &block);
    ou_emit_open(g, -1);
    ou_emit_at(g, s->at, OP_WITH_EXIT, manager, 0, 0);
    OuRegSet after = g->assigned;
    ou_jump(g, end);
    g->next_temp = manager + 2;
    OuReg home = handler_begin(g, exceptional, &handling);
    ou_emit_open(g, -1);
    ou_emit_jump(g, OP_WITH_EXCEPT, manager, home, 0, swallow);
    ou_emit(g, OP_RERAISE, home, 0, 0);
    handler_end(g, &handling);
    ou_label_here(g, swallow);
    ou_emit(g, OP_EXC_END, home, 0, 0);
    ou_emit(g, OP_DROP, manager, 0, 0);
    ou_emit(g, OP_DROP, second, 0, 0);
    ou_label_here(g, end);
    g->next_temp = mark;
    ou_set_intersect(&after, &before);
    g->assigned = after;
}
