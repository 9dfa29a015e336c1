/* Random programs against whole cycles: finalisers that resurrect, load, mutate, run slices and collect; weak
 * references read at any time; enumeration. Checked: nothing reachable is cleared, a finaliser runs at most once
 * and sees nothing cleared, weak references never come back, no survivors, nothing is left at the end.
 *
 * After study/models/whole_cycle.py, on the real heap; with callbacks, owner edges, temporaries, reuse of cells. */
#include "tests/unit/gc_kit.h"

enum { REGISTERS = 3, WEAK = 6, TEMPORARIES = 2, MOST_OBJECTS = 40, MOST_IDS = 4096 };
static OuValue *const registers = kit_roots;
static OuValue *const weak_roots = kit_roots + 8;
static OuValue *const temporaries = kit_roots + 20;
static uint8_t finalised[MOST_IDS];
static uint32_t next_id;
static uint64_t state, program;
static int depth;
static unsigned young_cycles;

/* Not ck_assert: that writes a message each time. */
#define REQUIRE(condition)                                                                                       \
    do {                                                                                                         \
        if (!(condition)) {                                                                                      \
            ck_abort_msg("%s: program %llu, phase %d", #condition, (unsigned long long)program, (int)kit.phase); \
        }                                                                                                        \
    } while (0)

static uint32_t below(uint32_t limit) {
    state ^= state << 13, state ^= state >> 7, state ^= state << 17;
    return (uint32_t)(state >> 20) % limit;
}

static void set_register(uint32_t index, OuValue owned) {
    OuValue old = registers[index];
    registers[index] = owned;
    ou_decref(&kit, old);
}

/* --- checks ----------------------------------------------------------------------------------------------------- */

static OuCell *met[8192];
static size_t met_count;

static void meet(void *context, OuValue value, const char *name) {
    (void)context, (void)name;
    if (!ou_is_cell(value) || ou_cell_leaf(ou_cell(value))) { return; }
    OuCell *cell = ou_cell(value);
    for (size_t i = 0; i < met_count; i++) {
        if (met[i] == cell) { return; }
    }
    REQUIRE(cell->kind != OU_KIND_FREE && !(cell->flags & (KIT_CLEARED | OU_FLAG_DEAD)));
    /* Held cells are garbage: suspects may be met by their finalisers, others never. */
    bool held = (cell->flags & OU_FLAG_HELD) && (kit.phase == OU_CLEAR || !ou_cell_marked(cell));
    REQUIRE(cell->kind == KIT_WEAK || kit.phase < OU_WEAK || !held);
    met[met_count++] = cell;
}

static void check_reachable(OuCell *from) {
    met_count = 0;
    if (from) {
        meet(NULL, ou_word(from), NULL);
    } else {
        kit_visit_roots(&kit, meet, NULL);
    }
    for (size_t i = 0; i < met_count; i++) { ou_cell_walk(&kit, met[i], meet, NULL, false); }
}

/* --- the mutator -------------------------------------------------------------------------------------------------- */

static void mutate(void);

static Node *new_node(void) {
    uint32_t id = next_id++ % MOST_IDS;
    finalised[id] = 0;
    Node *node = kit_new(id, 1 + below(3), below(10) < 3);
    OuValue owner = registers[below(REGISTERS)];
    if (owner && below(5) == 0) { node->owner = ou_cell(ou_incref(owner)); }
    return node;
}

static bool count_it(void *context, OuCell *cell) {
    (void)context;
    REQUIRE(!(cell->flags & (OU_FLAG_DEAD | OU_FLAG_HELD | KIT_CLEARED)));
    return true;
}

/* About some of the pages: what lies on the others refers to them too. */
static void start_young(void) {
#if !OU_MALLOC_CELLS
    OuSpace *space = ou_space(&kit);
    ou_space_young_forget(&kit);
    for (unsigned i = 0; i < OU_CLASS_COUNT; i++) {
        OuPage *page = space->active[OU_SPACE_TRACKED][i];
        if (page == NULL || below(4) == 0) { continue; }
        page->flags |= OU_PAGE_YOUNG;
        space->young[space->young_count++] = page;
    }
    if (space->young_count > 0) { ou_collect_start_young(&kit); }
    young_cycles++;
#endif
}

static void collector_acts(void) {
    uint32_t choice = below(200);
    if (choice == 0) {
        ou_heap_enumerate(&kit, count_it, NULL);
    } else if (choice < 3) {
        ou_heap_collect(&kit, 1 + below(2));
    } else if (kit.phase == OU_IDLE) {
        if (kit.collecting) { return; }
        choice = below(3);
        if (choice == 0) { ou_collect_start(&kit, "test"); }
        if (choice == 1) { start_young(); }
    } else {
        ou_collect_step(&kit, 1 + (int64_t)below(12), false);
    }
}

static void finalise(Node *node) {
    REQUIRE(++finalised[node->id] == 1);
    check_reachable(&node->cell);
    if (++depth < 20) {
        for (uint32_t i = below(3); i > 0; i--) {
            if (below(2)) { collector_acts(); }
            switch (below(4)) {
            case 0: set_register(below(REGISTERS), ou_incref(ou_word(node))); break;
            case 1: set_register(below(REGISTERS), ou_incref(node->slots[below(node->slot_count)])); break;
            case 2: mutate(); break;
            default: break;
            }
        }
        check_reachable(&node->cell);
        if (below(8) == 0) { REQUIRE(ou_heap_audit(&kit, stderr) == 0); }
    }
    depth--;
}

static void called_back(OuWeak *weak) {
    REQUIRE(weak->target == NULL);
    if (++depth < 20 && below(2)) {
        mutate();
        check_reachable(NULL);
    }
    depth--;
}

static void new_weak(uint32_t at, OuCell *target) {
    OuWeak *weak = kit_new_weak(0, target, below(2));
    if (weak->callback && below(2)) { /* a callback that refers to objects */
        Node *node = new_node();
        kit_link(node, 0, below(2) ? (void *)node : (void *)target);
        ou_slot_set(&kit, &weak->callback, ou_word(node));
    }
    OuValue old = weak_roots[at];
    weak_roots[at] = ou_word(weak);
    ou_decref(&kit, old);
}

static void read_weak(OuWeak *weak) {
    OuCell *target = ou_weak_get(&kit, weak);
    if (target) {
        REQUIRE(weak->cell.aux == 0 && target->count > 0);
        set_register(below(REGISTERS), ou_incref(ou_word(target)));
        if (kit_roots[0] == ou_word(target)) { check_reachable(target); }
    } else {
        weak->cell.aux = 1; /* dead for good: it may never be handed out again */
    }
}

static void mutate(void) {
    static const uint8_t operations[] = {0, 0, 1, 1, 2, 3, 3, 3, 4, 5, 6, 6, 7, 8, 9, 10};
    OuValue value = registers[below(REGISTERS)];
    Node *node = kit_node(value);
    uint8_t operation = operations[below(sizeof operations)];
    if (value != OU_NOTHING && node->cell.kind != KIT_NODE) { operation = 4; }
    if (value == OU_NOTHING && operation != 6) { operation = 0; }
    switch (operation) {
    case 0: {
        bool room = kit_live() < MOST_OBJECTS;
        set_register(below(REGISTERS), room ? ou_word(new_node()) : OU_NOTHING);
        break;
    }
    case 1: set_register(below(REGISTERS), ou_incref(node->slots[below(node->slot_count)])); break;
    case 2: set_register(below(REGISTERS), ou_slot_take(&kit, &node->slots[below(node->slot_count)])); break;
    case 3: ou_slot_set(&kit, &node->slots[below(node->slot_count)], ou_incref(registers[below(REGISTERS)])); break;
    case 4:
    case 7: set_register(below(REGISTERS), OU_NOTHING); break;
    case 5:
        if (kit_live() < 2 * MOST_OBJECTS) { new_weak(below(WEAK), &node->cell); }
        break;
    case 6: {
        OuValue weak = weak_roots[below(WEAK)];
        if (weak) { read_weak(kit_weak(weak)); }
        break;
    }
    case 8: {
        uint32_t at = below(TEMPORARIES), from = below(REGISTERS);
        OuValue kept = temporaries[at];
        temporaries[at] = registers[from];
        registers[from] = kept;
        break;
    }
    case 9: { /* a weak reference that becomes garbage itself */
        if (kit_live() < 2 * MOST_OBJECTS) {
            Node *holder = new_node();
            kit_link(holder, 0, holder);
            if (holder->slot_count > 1) {
                OuWeak *held = kit_new_weak(0, &node->cell, true);
                holder->slots[1] = ou_word(held);
            }
            kit_drop(holder);
        }
        break;
    }
    default: {
        OuValue weak = weak_roots[below(WEAK)];
        if (weak) {
            uint32_t at = 0;
            while (weak_roots[at] != weak) { at++; }
            weak_roots[at] = OU_NOTHING;
            ou_decref(&kit, weak);
        }
    }
    }
}

/* Slots of a node may hold weak references too, which have no slots of their own to play with. */
static void tidy(void) {
    for (uint32_t i = 0; i < REGISTERS; i++) {
        if (registers[i] && ou_cell(registers[i])->kind != KIT_NODE) { set_register(i, OU_NOTHING); }
    }
}

static void run_program(void) {
    state = program * 0x9e3779b97f4a7c15ull + 777;
    kit_on_finalize = finalise;
    kit_on_callback = called_back;
    for (int step = 0; step < 400; step++) {
        if (below(100) < 45) {
            mutate();
        } else {
            collector_acts();
        }
        tidy();
        check_reachable(NULL);
        if (step % 16 == 0) { REQUIRE(ou_heap_audit(&kit, stderr) == 0); }
    }
}

static void drain_program(void) {
    for (int step = 0; kit_live() > 0 || kit.phase != OU_IDLE; step++) {
        REQUIRE(step < 30000);
        for (size_t i = 0; i < 64; i++) {
            OuValue value = kit_roots[i];
            kit_roots[i] = OU_NOTHING;
            ou_decref(&kit, value);
        }
        if (kit.phase == OU_IDLE) { ou_collect_start(&kit, "test"); }
        ou_collect_step(&kit, 1 + (int64_t)below(50), false);
    }
    REQUIRE(kit.stats.survivors == 0);
}

START_TEST(cycle_keeps_its_promises_in_random_programs) {
    enum { PROGRAMS = 500 };
    kit_open(NULL);
    kit.priv->big_slots = _i % 2 ? 9 : 2048;
    for (int i = 0; i < PROGRAMS; i++) {
        program = (uint64_t)_i * PROGRAMS + (uint64_t)i;
        run_program();
        if (i % 5 == 4) { drain_program(); }
    }
    kit_on_finalize = NULL;
    kit_on_callback = NULL;
    ck_assert_uint_ge(young_cycles, OU_MALLOC_CELLS ? 0 : 1000);
    kit_close();
}
END_TEST

static void fill(Suite *suite) {
    tcase_add_loop_test(kit_case(suite, "programs"), cycle_keeps_its_promises_in_random_programs, 0, 20);
}

int main(void) { return kit_main("model_cycle", fill); }
