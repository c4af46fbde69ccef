// Stress runs random lines (stress lines SEED) or concurrent calls (stress race PLAN) against a cache.
package main

import (
	"fmt"
	"math/rand"
	"os"
	"strconv"
	"strings"
	"sync"

	"example.org/burrow"
)

func lines(seed int64) {
	rng := rand.New(rand.NewSource(seed))
	verbs := []string{"SET", "GET", "CUT", "TAG", "NOTE", "SHARD"}
	words := []string{"a", "b", "1", "2", "9", "0"}
	only := verbs[int(seed)%len(verbs)]
	cache := burrow.New()
	for i := 0; i < 1000; i++ {
		line := []string{only}
		for n := rng.Intn(4); n > 0; n-- {
			line = append(line, words[rng.Intn(len(words))])
		}
		cache.Run(strings.Join(line, " "))
	}
}

func race(plan string) {
	cache := burrow.New()
	var wait sync.WaitGroup
	for i, letter := range plan {
		wait.Add(1)
		go func(i int, letter rune) {
			defer wait.Done()
			for n := 0; n < 20; n++ {
				switch letter {
				case 's':
					cache.Set("k"+strconv.Itoa(i), "v")
				case 'g':
					cache.Get("k")
				default:
					cache.Len()
				}
			}
		}(i, letter)
	}
	wait.Wait()
}

func main() {
	if len(os.Args) < 3 {
		fmt.Fprintln(os.Stderr, "usage: stress lines SEED | stress race PLAN")
		os.Exit(2)
	}
	if os.Args[1] == "race" {
		race(os.Args[2])
		return
	}
	seed, _ := strconv.ParseInt(os.Args[2], 10, 64)
	lines(seed)
}
