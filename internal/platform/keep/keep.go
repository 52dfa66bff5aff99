// Package keep remembers what was worked out from the database, by a key that
// says which version it was made from. The version is read from the database in
// the same request, so what is kept is never wrong, only unused; on several nodes
// too. Permission is no such thing and is never kept.
package keep

import "sync"

// Cache keeps values up to a bound of bytes and forgets those that were not asked
// for of late. It is safe for concurrent use. What it gives out is shared: nobody
// changes it.
type Cache[K comparable, V any] struct {
	most int64

	mu         sync.Mutex
	young, old map[K]kept[V] // what is asked for moves to the young
	size       int64         // bytes of the young
}

type kept[V any] struct {
	value V
	size  int64
}

// New makes a cache of about so many bytes.
func New[K comparable, V any](bytes int64) *Cache[K, V] {
	return &Cache[K, V]{most: bytes / 2, young: map[K]kept[V]{}}
}

// Get finds a value.
func (c *Cache[K, V]) Get(key K) (V, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if k, ok := c.young[key]; ok {
		return k.value, true
	}
	k, ok := c.old[key]
	if ok {
		delete(c.old, key)
		c.put(key, k)
	}
	return k.value, ok
}

// Put keeps a value that takes about so many bytes.
func (c *Cache[K, V]) Put(key K, value V, bytes int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.put(key, kept[V]{value, bytes})
}

// put makes the young old when they are too many; who was old by then is gone.
func (c *Cache[K, V]) put(key K, k kept[V]) {
	c.size += k.size - c.young[key].size
	c.young[key] = k
	if c.size > c.most {
		c.old, c.young, c.size = c.young, map[K]kept[V]{}, 0
	}
}
