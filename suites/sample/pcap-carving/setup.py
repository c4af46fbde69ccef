# weir-canary:11158179-b5ef-40a9-ad36-1b8f46528007
"""A capture of a network in which the flag went by, among other talk."""
from scenes import SCENES, noise
from stage import CHANCE, FLAG, PARAMETERS, leave
from wire import capture

packets = SCENES[PARAMETERS["scene"]](CHANCE, FLAG)
packets += noise(CHANCE, PARAMETERS["noise"], max(at for at, _ in packets) + 3)
leave({"capture.pcap": capture(sorted(packets))})
