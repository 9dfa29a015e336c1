/* Address space and memory from the operating system. */
#define _GNU_SOURCE
#include <sys/mman.h>

#include "gc/page.h"

void *ou_system_map(size_t bytes, size_t align) {
    size_t extra = align > OU_PAGE_STEP ? align - OU_PAGE_STEP : 0;
    if (bytes + extra < bytes) { return NULL; }
    char *memory =
        mmap(NULL, bytes + extra, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory == MAP_FAILED) { return NULL; }
    size_t front = (align - ((uintptr_t)memory & (align - 1))) & (align - 1);
    if (front > 0) { munmap(memory, front); }
    if (extra > front) { munmap(memory + front + bytes, extra - front); }
    return memory + front;
}

void ou_system_unmap(void *memory, size_t bytes) { munmap(memory, bytes); }
void ou_system_discard(void *memory, size_t bytes) { madvise(memory, bytes, MADV_DONTNEED); }

void *ou_system_resize(void *memory, size_t old_bytes, size_t bytes) {
    void *moved = mremap(memory, old_bytes, bytes, MREMAP_MAYMOVE);
    return moved == MAP_FAILED ? NULL : moved;
}

void *ou_system_resize_aligned(void *memory, size_t old_bytes, size_t bytes, size_t align) {
    if (mremap(memory, old_bytes, bytes, 0) != MAP_FAILED) { return memory; }
    /* Moves the pages, not the bytes, onto a fresh aligned range. */
    void *target = ou_system_map(bytes, align);
    if (target == NULL) { return NULL; }
    if (mremap(memory, old_bytes, bytes, MREMAP_MAYMOVE | MREMAP_FIXED, target) == MAP_FAILED) {
        munmap(target, bytes);
        return NULL;
    }
    return target;
}
