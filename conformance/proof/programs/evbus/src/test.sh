set -e
printf 'on tide low\nemit tide\nemit fog\noff tide low\nprint\n' > in.txt
[ "$(./evbus in.txt)" = "tide -> low
fog: nobody
gone
tide:" ]
