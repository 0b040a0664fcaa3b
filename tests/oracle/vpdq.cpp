// vPDQ by its authors: for each line "QUERY COMPARED DISTANCE QUALITY" on standard input, with two files of hashes
// (lines "frame,quality,hash,seconds", as the reference writes them), the shares of matching frames in per cent.
// Nothing but reading the files is ours.

#include <cstdio>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include <vpdq/cpp/hashing/matchTwoHash.h>

using facebook::pdq::hashing::Hash256;
using facebook::vpdq::hashing::vpdqFeature;

static std::vector<vpdqFeature> read(const std::string& path) {
  std::ifstream file(path);
  std::vector<vpdqFeature> features;
  std::string frame, quality, hash, seconds;
  while (std::getline(file, frame, ',') && std::getline(file, quality, ',') &&
         std::getline(file, hash, ',') && std::getline(file, seconds)) {
    const auto pdq = Hash256::fromStringOrDie(hash.c_str());
    features.push_back({pdq, std::stoi(frame), std::stoi(quality), std::stod(seconds)});
  }
  return features;
}

int main() {
  std::string line;
  std::map<std::string, std::vector<vpdqFeature>> videos;
  const auto video = [&](const std::string& path) -> const std::vector<vpdqFeature>& {
    if (videos.find(path) == videos.end()) videos[path] = read(path);
    return videos[path];
  };
  while (std::getline(std::cin, line)) {
    std::istringstream words(line);
    std::string query, compared;
    int distance = 0, quality = 0;
    words >> query >> compared >> distance >> quality;
    double of_query = 0, of_compared = 0;
    facebook::vpdq::hashing::matchTwoHashBrute(
        video(query), video(compared), distance, quality, of_query, of_compared, false);
    std::printf("%.17g %.17g\n", of_query, of_compared);
  }
}
