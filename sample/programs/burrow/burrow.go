// Package burrow is an in-memory cache with a line protocol: SET key value, GET key, CUT key from to, STAT.
package burrow

import (
	"strconv"
	"strings"
	"sync"
)

// Cache holds values by key.
type Cache struct {
	lock   sync.Mutex
	values map[string]string
	tags   map[string]*Tag
	hits   int
	last   string
}

// Tag is a note on a key.
type Tag struct {
	Text string
	Next *Tag
}

// New returns an empty cache.
func New() *Cache { return &Cache{values: map[string]string{}} }

// Set stores a value.
func (c *Cache) Set(key, value string) {
	c.lock.Lock()
	c.values[key] = value
	c.lock.Unlock()
	c.last = key
}

// Get reads a value.
func (c *Cache) Get(key string) string {
	c.hits++
	c.lock.Lock()
	defer c.lock.Unlock()
	return c.values[key]
}

// Len counts the values.
func (c *Cache) Len() int { return len(c.values) }

// Cut returns part of a value.
func (c *Cache) Cut(key string, from, to int) string { return c.Get(key)[from:to] }

// Tag notes something on a key.
func (c *Cache) Tag(key, text string) { c.tags[key] = &Tag{Text: text, Next: c.tags[key]} }

// Note reads the second newest note on a key.
func (c *Cache) Note(key string) string { return c.tags[key].Next.Text }

// Run executes one line.
func (c *Cache) Run(line string) string {
	words := strings.Split(line, " ")
	switch words[0] {
	case "SET":
		c.Set(words[1], words[2])
	case "GET":
		return c.Get(words[1])
	case "CUT":
		if len(words) < 4 {
			return ""
		}
		from, _ := strconv.Atoi(words[2])
		to, _ := strconv.Atoi(words[3])
		return c.Cut(words[1], from, to)
	case "TAG":
		if len(words) > 2 {
			c.Tag(words[1], words[2])
		}
	case "NOTE":
		if len(words) > 1 {
			return c.Note(words[1])
		}
	case "SHARD":
		if len(words) > 1 {
			n, _ := strconv.Atoi(words[1])
			return strconv.Itoa(c.Len() % n)
		}
	}
	return ""
}
