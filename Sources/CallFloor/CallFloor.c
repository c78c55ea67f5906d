#include "CallFloor.h"
