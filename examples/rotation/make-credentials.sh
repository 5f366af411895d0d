#!/bin/sh
# Makes an authority and certificates for the gateway in the folder that is named, and a document of each: one to begin with,
# one that follows it and soon ends, and two that are refused.
set -eu
. "$(dirname -- "$0")/../certificates.sh"
folder=${1:?usage: make-credentials.sh FOLDER}
mkdir -p "$folder" && cd "$folder"

authority gateways
certificate server DNS:billing.example gateways
certificate next DNS:billing.example gateways "-days 10"
certificate expired DNS:billing.example gateways "-days -1"

credential edge server server server > credentials.yaml
credential edge server next next > next.yaml
credential edge server expired expired > expired.yaml
credential edge server next server > mismatched.yaml
