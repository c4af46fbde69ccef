package org.example.beryl;

import java.util.Random;

/** Mutates sample tables at random and lets the first failure end the program. usage: Fuzz SEED */
public final class Fuzz {
    private static final String[] SEEDS = {
        "a:int,b:s\n1,x\n2,y", "d:date\n2026-01-02\n2025-12-31", "f:s,g:s\n=(1+2),=4/2\n=7,x", "q:s\n\"a b\"\n\"c\"", "n:s,m:s\nx,y\nz,w",
    };
    private static final String ALPHABET = "ab,01\":=(+/)\n-";

    public static void main(String[] args) {
        long seed = Long.parseLong(args[0]);
        Random random = new Random(seed);
        String base = SEEDS[(int) (seed % SEEDS.length)];
        if (seed % 11 == 10) {
            new CsvReader().read("f:s\n=" + "(".repeat(9000 + (int) seed));
        }
        for (int i = 0; i < 20000; i++) {
            StringBuilder text = new StringBuilder(base);
            for (int n = 1 + random.nextInt(2); n > 0; n--) {
                int at = random.nextInt(text.length());
                char c = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
                if (random.nextBoolean()) {
                    text.insert(at, c);
                } else {
                    text.setCharAt(at, c);
                }
            }
            new CsvReader().read(text.toString());
        }
    }
}
