// Writes a database as Trivy reads it: lines of JSON {"b": buckets, "k": key, "v": value} from standard input into the file named.
package main

import (
	"bufio"
	"encoding/json"
	"log"
	"os"

	bolt "go.etcd.io/bbolt"
)

type entry struct {
	Buckets []string        `json:"b"`
	Key     string          `json:"k"`
	Value   json.RawMessage `json:"v"`
}

func put(tx *bolt.Tx, e entry) error {
	bucket, err := tx.CreateBucketIfNotExists([]byte(e.Buckets[0]))
	if err != nil {
		return err
	}
	for _, name := range e.Buckets[1:] {
		if bucket, err = bucket.CreateBucketIfNotExists([]byte(name)); err != nil {
			return err
		}
	}
	return bucket.Put([]byte(e.Key), e.Value)
}

func main() {
	db, err := bolt.Open(os.Args[1], 0600, nil)
	if err != nil {
		log.Fatal(err)
	}
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(make([]byte, 1<<20), 1<<28)
	err = db.Update(func(tx *bolt.Tx) error {
		for lines.Scan() {
			var e entry
			if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
				return err
			}
			if err := put(tx, e); err != nil {
				return err
			}
		}
		return lines.Err()
	})
	if err != nil {
		log.Fatal(err)
	}
	if err := db.Close(); err != nil {
		log.Fatal(err)
	}
}
