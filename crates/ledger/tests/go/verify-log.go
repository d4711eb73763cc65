// Verifies a log of Hadir with nothing of Hadir's: all hashing and signature checking is done by
// golang.org/x/mod (Debian: golang-golang-x-mod-dev). The manual's page "Verify with Go" tells how to run it.
//
//	verify-log VKEY DIRECTORY [RECEIPT or kept checkpoint]...
package main

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// All hashes of the tree in the order of tlog, computed from the entries.
type hashes []tlog.Hash

func (h hashes) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	found := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		if index >= int64(len(h)) {
			return nil, fmt.Errorf("hash %d is not in the tree", index)
		}
		found[i] = h[index]
	}
	return found, nil
}

func check(err error) {
	if err != nil {
		fmt.Println("FAILED:", err)
		os.Exit(1)
	}
}

func fail(format string, a ...any) { check(fmt.Errorf(format, a...)) }

// The size and root of a checkpoint, whose signature is verified.
func open(text []byte, key note.Verifier) (int64, tlog.Hash) {
	opened, err := note.Open(text, note.VerifierList(key))
	check(err)
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != key.Name() {
		fail("checkpoint of another log: %q", lines[0])
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	check(err)
	root, err := tlog.ParseHash(lines[2])
	check(err)
	return size, root
}

// The path of a tile as in c2sp.org/tlog-tiles, without the height that Go writes.
func path(t tlog.Tile, shelf string) string {
	return strings.Replace(t.Path(), fmt.Sprintf("tile/8/%d/", t.L), "tile/"+shelf+"/", 1)
}

func main() {
	key, err := note.NewVerifier(os.Args[1])
	check(err)
	read := func(name string) []byte {
		data, err := os.ReadFile(filepath.Join(os.Args[2], name))
		check(err)
		return data
	}
	size, root := open(read("checkpoint"), key)

	// Every entry is hashed into a tree of our own.
	var stored hashes
	var tiles []tlog.Tile
	for _, t := range tlog.NewTiles(8, 0, size) {
		// Older versions of x/mod name every width of a partial tile, the widest last.
		if last := len(tiles) - 1; last >= 0 && tiles[last].L == t.L && tiles[last].N == t.N {
			tiles = tiles[:last]
		}
		tiles = append(tiles, t)
	}
	entries := int64(0)
	for _, t := range tiles {
		if t.L != 0 {
			continue
		}
		bundle := read(path(t, "entries"))
		for i := 0; i < t.W; i++ {
			if len(bundle) < 2 || len(bundle)-2 < int(binary.BigEndian.Uint16(bundle)) {
				fail("%s ends before entry %d", path(t, "entries"), entries)
			}
			end := 2 + int(binary.BigEndian.Uint16(bundle))
			more, err := tlog.StoredHashes(entries, bundle[2:end], stored)
			check(err)
			stored = append(stored, more...)
			bundle = bundle[end:]
			entries++
		}
		if len(bundle) > 0 {
			fail("%s goes on after its last entry", path(t, "entries"))
		}
	}
	if found, err := tlog.TreeHash(size, stored); err != nil || found != root || entries != size {
		fail("%d entries give the root %v, signed is %v for %d (%v)", entries, found, root, size, err)
	}
	for _, t := range tiles {
		data, err := tlog.ReadTileData(t, stored)
		check(err)
		if name := path(t, strconv.Itoa(t.L)); !bytes.Equal(data, read(name)) {
			fail("%s is not what the entries give", name)
		}
	}

	for _, name := range os.Args[3:] {
		data, err := os.ReadFile(name)
		check(err)
		checkpoint := string(data)
		if strings.HasPrefix(checkpoint, "c2sp.org/tlog-proof@v1\n") {
			var head string
			head, checkpoint, _ = strings.Cut(checkpoint, "\n\n")
			lines := strings.Split(head, "\n")
			entry, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(lines[1], "extra "))
			check(err)
			index, err := strconv.ParseInt(strings.TrimPrefix(lines[2], "index "), 10, 64)
			check(err)
			var proof tlog.RecordProof
			for _, line := range lines[3:] {
				hash, err := tlog.ParseHash(line)
				check(err)
				proof = append(proof, hash)
			}
			then, thenRoot := open([]byte(checkpoint), key)
			check(tlog.CheckRecord(proof, then, thenRoot, index, tlog.RecordHash(entry)))
		}
		// What was kept must be the beginning of the log of today.
		then, thenRoot := open([]byte(checkpoint), key)
		if then > size {
			fail("the log shrank from %d entries to %d", then, size)
		}
		if now, err := tlog.TreeHash(then, stored); err != nil || then > 0 && now != thenRoot {
			fail("history was rewritten: the first %d entries had the root %v, now %v", then, thenRoot, now)
		}
	}
	fmt.Printf("OK: %s, %d entries, root %v, %d kept\n", key.Name(), size, root, len(os.Args)-3)
}
