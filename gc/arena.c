/* Bump allocator for one compilation: see arena.h.
 *
 * Small requests share blocks that double in size up to 256 KiB, so that compiling `1+1` stays within a small heap cap
 * and a large file does not ask for thousands of blocks. Requests above a quarter of the next block get a block of
 * their own, linked behind the current one, which keeps its free tail. */
#include "gc/arena.h"

#include <string.h>

#define FIRST_BLOCK 4096u
#define LARGEST_BLOCK (256u * 1024u)

struct OuArenaBlock {
    OuArenaBlock *next;
    size_t size; /* with this header */
};

void ou_arena_init(OuArena *self, const OuArenaAllocator *allocator) { *self = (OuArena){.allocator = *allocator}; }

void ou_arena_fini(OuArena *self) {
    for (OuArenaBlock *block = self->blocks, *next; block != NULL; block = next) {
        next = block->next;
        self->allocator.resize(self->allocator.ctx, block, block->size, 0);
    }
    self->blocks = NULL;
    self->next = self->limit = NULL;
    self->bytes = 0;
}

/* Linked at `place`. */
static OuArenaBlock *block_new(OuArena *self, OuArenaBlock **place, size_t size) {
    OuArenaBlock *block = self->allocator.resize(self->allocator.ctx, NULL, 0, size);
    if (block == NULL) {
        self->failed = true;
        return NULL;
    }
    *block = (OuArenaBlock){*place, size};
    *place = block;
    self->bytes += size;
    return block;
}

void *ou_arena_alloc(OuArena *self, size_t size) {
    /* once failed, always failed: nobody goes on with half a tree */
    if (self->failed || size > SIZE_MAX / 2) {
        self->failed = true;
        return NULL;
    }
    size = (size + 7) & ~(size_t)7;
    if ((size_t)(self->limit - self->next) < size || self->next == NULL) {
        size_t block_size = self->bytes < FIRST_BLOCK ? FIRST_BLOCK : self->bytes;
        if (block_size > LARGEST_BLOCK) { block_size = LARGEST_BLOCK; }
        block_size &= ~(size_t)7;
        bool alone = size > block_size / 4;
        if (alone) { block_size = sizeof(OuArenaBlock) + size; }
        OuArenaBlock **place = alone && self->blocks ? &self->blocks->next : &self->blocks;
        OuArenaBlock *block = block_new(self, place, block_size);
        if (block == NULL) { return NULL; }
        if (alone) { return memset(block + 1, 0, size); }
        self->next = (char *)(block + 1);
        self->limit = (char *)block + block_size;
    }
    void *result = self->next;
    self->next += size;
    return memset(result, 0, size);
}

void *ou_arena_array(OuArena *self, size_t count, size_t size) {
    if (size != 0 && count > SIZE_MAX / 2 / size) {
        self->failed = true;
        return NULL;
    }
    return ou_arena_alloc(self, count * size);
}

char *ou_arena_copy(OuArena *self, const char *bytes, size_t len) {
    char *copy = ou_arena_array(self, len + 1, 1);
    if (copy != NULL && len > 0) { memcpy(copy, bytes, len); }
    return copy;
}

bool ou_arena_push(OuArena *self, OuArenaVec *vec, void *item) {
    if (vec->count == vec->capacity) {
        uint32_t capacity = vec->capacity == 0 ? 4 : vec->capacity * 2;
        void **items = capacity < vec->capacity ? NULL : ou_arena_array(self, capacity, sizeof *items);
        if (items == NULL) {
            self->failed = true;
            return false;
        }
        if (vec->count > 0) { memcpy(items, vec->items, vec->count * sizeof *items); }
        vec->items = items;
        vec->capacity = capacity;
    }
    vec->items[vec->count++] = item;
    return true;
}
