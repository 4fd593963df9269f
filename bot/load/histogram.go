package main

import (
	"math/bits"
	"time"
)

// histogram counts durations in buckets that are at most 1/32 of their value
// wide, so that taking a time down allocates nothing and a percentile is right
// to about 3%. The zero value is ready to use.
type histogram struct {
	counts [buckets]uint32
	total  int64
}

const (
	fineBits = 5 // buckets to each doubling, as a power of two
	fine     = 1 << fineBits
	// buckets reach to an hour in microseconds; whatever is longer counts as
	// that.
	buckets = (32 - fineBits + 1) * fine
)

func (h *histogram) add(took time.Duration) {
	h.counts[min(bucketOf(took), buckets-1)]++
	h.total++
}

func (h *histogram) merge(other *histogram) {
	for i, count := range other.counts {
		h.counts[i] += count
	}
	h.total += other.total
}

// percentile returns the time that a share of all did not exceed, 0 without
// any.
func (h *histogram) percentile(share float64) time.Duration {
	below := int64(share * float64(h.total))
	for i, count := range h.counts {
		if below -= int64(count); below < 0 {
			return upperEnd(i)
		}
	}
	return 0
}

// bucketOf numbers buckets in microseconds: one each below 32, then 32 to each
// doubling.
func bucketOf(took time.Duration) int {
	micros := uint64(max(took.Microseconds(), 0))
	if micros < fine {
		return int(micros)
	}
	shift := bits.Len64(micros) - fineBits - 1
	return shift*fine + int(micros>>shift) //nolint:gosec // Below 2·fine.
}

// upperEnd is the last time that falls into a bucket.
func upperEnd(bucket int) time.Duration {
	if bucket < fine {
		return time.Duration(bucket) * time.Microsecond
	}
	shift := bucket/fine - 1
	return time.Duration((bucket-shift*fine+1)<<shift-1) * time.Microsecond
}
