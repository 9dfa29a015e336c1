/* Random programs against the marker: counts, moves, shifts, permutations, generator frames, resurrecting
 * finalisers between slices of one unit. Whatever is reachable when MARK ends must be marked.
 *
 * After study/models/marking.py, on the real heap; with owner edges, native temporaries and reuse of cells. */
#include "tests/unit/gc_kit.h"

enum { REGISTERS = 4, TEMPORARIES = 3, MOST_SLOTS = 14 };
static OuValue *const registers = kit_roots;
static OuValue *const temporaries = kit_roots + REGISTERS;
static uint64_t state;
static bool in_finaliser;
static int checked_programs;

static uint32_t below(uint32_t limit) {
    state ^= state << 13, state ^= state >> 7, state ^= state << 17;
    return (uint32_t)(state >> 20) % limit;
}

/* `owned` is handed over. */
static void set_register(uint32_t index, OuValue owned) {
    OuValue old = registers[index];
    registers[index] = owned;
    ou_decref(&kit, old);
}

static OuValue any_register(void) { return registers[below(REGISTERS)]; }

static Node *new_node(void) {
    uint32_t slots = 1 + below(6), room = below(3) ? slots : MOST_SLOTS;
    Node *node = kit_new(room, room, below(3) == 0);
    node->slot_count = slots;
    if (below(2)) { node->cell.flags |= KIT_DOWNWARD; }
    if (below(4) == 0) {
        OuValue owner = any_register();
        if (owner) { node->owner = ou_cell(ou_incref(owner)); }
    }
    return node;
}

static void resurrect_sometimes(Node *node) {
    if (below(2) && !in_finaliser && kit.phase < OU_WEAK) {
        in_finaliser = true;
        node->cell.flags &= (uint8_t)~OU_FLAG_FINALIZED; /* as often as it likes */
        ou_incref_cell(node);
        set_register(below(REGISTERS), ou_word(node));
        in_finaliser = false;
    }
}

static void delete_front(Node *node) {
    OuValue dead[MOST_SLOTS];
    uint32_t count = 1 + below(node->slot_count);
    memcpy(dead, node->slots, count * sizeof *dead);
    memmove(node->slots, node->slots + count, (node->slot_count - count) * sizeof *dead);
    node->slot_count -= count;
    ou_slots_moved(&kit, &node->cell, count, -(ptrdiff_t)count);
    while (count-- > 0) { ou_decref(&kit, dead[count]); }
}

static void insert(Node *node) {
    uint32_t at = below(node->slot_count + 1);
    memmove(node->slots + at + 1, node->slots + at, (node->slot_count - at) * sizeof(OuValue));
    node->slots[at] = ou_incref(any_register());
    node->slot_count++;
    ou_slots_moved(&kit, &node->cell, at, 1);
}

static void permute(Node *node) {
    for (uint32_t i = node->slot_count; i > 1; i--) {
        uint32_t j = below(i);
        OuValue item = node->slots[i - 1];
        node->slots[i - 1] = node->slots[j];
        node->slots[j] = item;
    }
    ou_slots_permuted(&kit, &node->cell);
}

/* The cell is a generator that runs: its slots are registers. */
static void run_frame(Node *node) {
    OuValue self = ou_incref(ou_word(node));
    ou_heap_resuming(&kit, &node->cell);
    for (int i = 0; i < 2; i++) {
        uint32_t at = below(node->slot_count);
        OuValue value = node->slots[at];
        node->slots[at] = OU_NOTHING;
        set_register(below(REGISTERS), value);
    }
    ou_decref(&kit, self);
}

static void mutate(bool building) {
    static const uint8_t build[] = {0, 1, 3, 4, 4, 7, 10};
    static const uint8_t run[] = {0, 1, 1, 2, 2, 3, 4, 4, 4, 5, 6, 7, 7, 8, 9, 10, 11, 11, 12};
    uint8_t operation = building ? build[below(sizeof build)] : run[below(sizeof run)];
    OuValue value = any_register();
    Node *node = kit_node(value);
    if (value == OU_NOTHING || operation == 0) {
        set_register(below(REGISTERS), ou_word(new_node()));
        return;
    }
    if (node->slot_count == 0 && operation != 7 && operation != 5) { return; }
    uint32_t at = node->slot_count ? below(node->slot_count) : 0;
    switch (operation) {
    case 1: set_register(below(REGISTERS), ou_incref(node->slots[at])); break;
    case 2: set_register(below(REGISTERS), ou_slot_take(&kit, &node->slots[at])); break;
    case 3: ou_slot_set(&kit, &node->slots[at], ou_incref(any_register())); break;
    case 4: {
        uint32_t from = below(REGISTERS);
        if (registers[from] != OU_NOTHING && registers[from] != value) {
            OuValue moved = registers[from];
            registers[from] = OU_NOTHING;
            ou_slot_set(&kit, &node->slots[at], moved);
        }
        break;
    }
    case 5: set_register(below(REGISTERS), OU_NOTHING); break;
    case 6: delete_front(node); break;
    case 7:
        if (node->slot_count < node->id) { insert(node); }
        break;
    case 8: permute(node); break;
    case 9: run_frame(node); break;
    case 10: set_register(below(REGISTERS), ou_incref(any_register())); break;
    case 11: { /* a native keeps a reference for a while */
        uint32_t from = below(REGISTERS), to = below(TEMPORARIES);
        OuValue kept = temporaries[to];
        temporaries[to] = registers[from];
        registers[from] = kept;
        break;
    }
    default: /* churn: cells die and come back as others */
        for (int i = 0; i < 3; i++) { kit_drop(new_node()); }
    }
}

static void run_program(uint64_t seed) {
    state = seed * 0x9e3779b97f4a7c15ull + 12345;
    for (int i = 0; i < 150; i++) { mutate(true); }
    ou_collect_start(&kit, "test");
    OuPhase before = kit.phase;
    bool checked = false;
    for (int step = 0; step < 200000; step++) {
        bool idle = false;
        if (below(2)) {
            mutate(false);
        } else {
            idle = ou_collect_step(&kit, 1, false);
        }
        if (before == OU_MARK && kit.phase != OU_MARK) {
            ck_assert_msg(ou_audit_marks(&kit, stderr) == 0, "seed %llu", (unsigned long long)seed);
            checked = true;
        }
        if (idle) { break; }
        before = kit.phase;
        if (step % 64 == 0) {
            if (ou_heap_audit(&kit, stderr) != 0) { ck_abort_msg("seed %llu", (unsigned long long)seed); }
        }
    }
    checked_programs += checked;
    ck_assert_msg(kit.phase == OU_IDLE, "program %llu: phase %d", (unsigned long long)seed, (int)kit.phase);
    for (int i = 0; i < REGISTERS + TEMPORARIES; i++) {
        if (below(4)) { set_register((uint32_t)i, OU_NOTHING); }
    }
    ck_assert_uint_eq(kit.stats.survivors, 0);
}

START_TEST(marking_loses_nothing_in_random_programs) {
    enum { PROGRAMS = 200 };
    for (uint64_t seed = 1; seed <= PROGRAMS; seed++) {
        if (seed % 20 == 1) {
            kit_open(NULL);
            kit.priv->big_slots = seed % 40 == 1 ? 0 : 12;
            kit.priv->oracles = false; /* this test looks for itself */
            kit_on_finalize = resurrect_sometimes;
        }
        run_program((uint64_t)_i * PROGRAMS + seed);
        if (seed % 20 == 0) {
            kit_on_finalize = NULL;
            kit_close();
        }
    }
    ck_assert_int_gt(checked_programs, PROGRAMS / 2); /* the rest had nothing left to mark */
    checked_programs = 0;
}
END_TEST

static void fill(Suite *suite) {
    tcase_add_loop_test(kit_case(suite, "programs"), marking_loses_nothing_in_random_programs, 0, 20);
}

int main(void) { return kit_main("model_marking", fill); }
