// Verifies a log of Hadir with nothing of Hadir's: all hashing and signature checking is done by
// golang.org/x/mod (Debian: golang-golang-x-mod-dev). The manual's page "Verify with Go" tells how to run it.
//
//	verify-log -key VKEY [-key VKEY]... DIRECTORY [FILE]...
//
// A FILE is a receipt, a checkpoint that was kept, an opening of an entry, or the proof of a locked month.
package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"flag"
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

// A log in a directory, and the keys that are trusted to sign it. A log whose key was changed has several.
type log struct {
	directory string
	keys      []note.Verifier
	size      int64
	root      tlog.Hash
	tiles     []tlog.Tile
	stored    hashes
}

func (l *log) read(name string) []byte {
	data, err := os.ReadFile(filepath.Join(l.directory, name))
	check(err)
	return data
}

// The size and root of a checkpoint, signed by one of the keys. Signatures of others, as of witnesses, are passed over.
func (l *log) open(text []byte) (int64, tlog.Hash) {
	opened, err := note.Open(text, note.VerifierList(l.keys...))
	check(err)
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != opened.Sigs[0].Name {
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

// The entries of a bundle, each behind its length in two bytes.
func (l *log) entries(t tlog.Tile) [][]byte {
	name := path(t, "entries")
	bundle := l.read(name)
	var found [][]byte
	for len(found) < t.W {
		if len(bundle) < 2 || len(bundle)-2 < int(binary.BigEndian.Uint16(bundle)) {
			fail("%s ends before its entry %d", name, len(found))
		}
		end := 2 + int(binary.BigEndian.Uint16(bundle))
		found = append(found, bundle[2:end])
		bundle = bundle[end:]
	}
	if len(bundle) > 0 {
		fail("%s goes on after its last entry", name)
	}
	return found
}

// Hashes every entry into a tree of our own and compares it with the signed root and with every tile.
func (l *log) audit() {
	l.size, l.root = l.open(l.read("checkpoint"))
	for _, t := range tlog.NewTiles(8, 0, l.size) {
		// Older versions of x/mod name every width of a partial tile, the widest last.
		if last := len(l.tiles) - 1; last >= 0 && l.tiles[last].L == t.L && l.tiles[last].N == t.N {
			l.tiles = l.tiles[:last]
		}
		l.tiles = append(l.tiles, t)
	}
	count := int64(0)
	for _, t := range l.tiles {
		if t.L != 0 {
			continue
		}
		for _, entry := range l.entries(t) {
			more, err := tlog.StoredHashes(count, entry, l.stored)
			check(err)
			l.stored = append(l.stored, more...)
			count++
		}
	}
	if found, err := tlog.TreeHash(l.size, l.stored); err != nil || found != l.root || count != l.size {
		fail("%d entries give the root %v, signed is %v for %d (%v)", count, found, l.root, l.size, err)
	}
	for _, t := range l.tiles {
		data, err := tlog.ReadTileData(t, l.stored)
		check(err)
		if name := path(t, strconv.Itoa(t.L)); !bytes.Equal(data, l.read(name)) {
			fail("%s is not what the entries give", name)
		}
	}
}

// One entry of the log that was audited.
func (l *log) entry(index int64) []byte {
	for _, t := range l.tiles {
		if t.L == 0 && t.N == index/256 && index%256 < int64(t.W) {
			return l.entries(t)[index%256]
		}
	}
	fail("the log has no entry %d", index)
	return nil
}

// What was signed once must be the beginning of the log of today.
func (l *log) checkpoint(text string) {
	then, root := l.open([]byte(text))
	if then > l.size {
		fail("the log shrank from %d entries to %d", then, l.size)
	}
	if now, err := tlog.TreeHash(then, l.stored); err != nil || then > 0 && now != root {
		fail("history was rewritten: the first %d entries had the root %v, now %v", then, root, now)
	}
}

// A receipt (c2sp.org/tlog-proof): its entry must lead to the root of its own checkpoint.
func (l *log) receipt(text string) {
	head, checkpoint, _ := strings.Cut(text, "\n\n")
	lines := strings.Split(head, "\n")
	if len(lines) < 3 {
		fail("not a receipt")
	}
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
	then, root := l.open([]byte(checkpoint))
	check(tlog.CheckRecord(proof, then, root, index, tlog.RecordHash(entry)))
	l.checkpoint(checkpoint)
}

// An opening: the entry that it names must commit to its salt and payload. Gives the payload.
func (l *log) opening(text string) string {
	lines := strings.SplitN(strings.TrimSuffix(text, "\n"), "\n", 4)
	if len(lines) != 4 {
		fail("not an opening")
	}
	index, err := strconv.ParseInt(lines[1], 10, 64)
	check(err)
	salt, err := base64.StdEncoding.DecodeString(lines[2])
	check(err)
	made := sha256.Sum256([]byte("hadir-commit/v1\x00" + string(salt) + lines[3]))
	entry := strings.Split(string(l.entry(index)), "\n")
	if len(entry) < 5 || len(salt) != 32 || entry[3] != base64.StdEncoding.EncodeToString(made[:]) {
		fail("entry %d does not commit to this opening", index)
	}
	fmt.Printf("entry %d, %s of %s: %s\n", index, entry[1], entry[2], lines[3])
	return lines[3]
}

// The proof of a locked month: the entry commits to the step of the closing, and that names the digest of the figures.
func (l *log) month(data []byte) {
	var proof struct{ Receipt, Opening, Payload string }
	check(json.Unmarshal(data, &proof))
	l.receipt(proof.Receipt)
	var step struct{ Table, State, Digest string }
	check(json.Unmarshal([]byte(l.opening(proof.Opening)), &step))
	if step.Table != "month_close" || step.State != "locked" {
		fail("the entry is not the lock of a month")
	}
	if made := sha256.Sum256([]byte(proof.Payload)); hex.EncodeToString(made[:]) != step.Digest {
		fail("the figures do not have the digest that was logged at the lock")
	}
}

func main() {
	var l log
	flag.Func("key", "a public `key` of the log; repeat it for a log whose key was changed", func(text string) error {
		key, err := note.NewVerifier(text)
		l.keys = append(l.keys, key)
		return err
	})
	flag.Parse()
	if len(l.keys) == 0 || flag.NArg() == 0 {
		fail("usage: verify-log -key VKEY [-key VKEY]... DIRECTORY [FILE]...")
	}
	l.directory = flag.Arg(0)
	l.audit()
	for _, name := range flag.Args()[1:] {
		data, err := os.ReadFile(name)
		check(err)
		switch text := string(data); {
		case strings.HasPrefix(text, "{"):
			l.month(data)
		case strings.HasPrefix(text, "hadir-opening/v1\n"):
			l.opening(text)
		case strings.HasPrefix(text, "c2sp.org/tlog-proof@v1\n"):
			l.receipt(text)
		default:
			l.checkpoint(text)
		}
	}
	fmt.Printf("OK: %s, %d entries, root %v, %d kept\n", l.keys[0].Name(), l.size, l.root, flag.NArg()-1)
}
